using System.Collections.Immutable;

namespace AiGuardrails.Analyzers.Diagnostics;

/// <summary>
/// The risks that rules guard against, as they stand in reports: entries of the OWASP Top 10 for LLM applications, edition 2026, and
/// weaknesses of the CWE list. A rule names one only where its definition fits.
/// </summary>
internal static class Risks
{
    public const string PromptInjection = "LLM01:2026";
    public const string SensitiveInformationDisclosure = "LLM02:2026";
    public const string SupplyChain = "LLM04:2026";
    public const string UnboundedConsumption = "LLM06:2026";
    public const string HiddenContextExposure = "LLM08:2026";
    public const string ImproperOutputHandling = "LLM10:2026";

    public const string InputValidation = "CWE-20";
    public const string PathTraversal = "CWE-22";
    public const string CommandInjection = "CWE-78";
    public const string CrossSiteScripting = "CWE-79";
    public const string SqlInjection = "CWE-89";
    public const string SensitiveDataSent = "CWE-201";
    public const string SensitiveDataNotRemoved = "CWE-212";
    public const string UncheckedReturnValue = "CWE-252";
    public const string CertificateValidation = "CWE-295";
    public const string CleartextTransmission = "CWE-319";
    public const string MissingDefaultCase = "CWE-478";
    public const string SensitiveDataInLogs = "CWE-532";
    public const string AlwaysFalse = "CWE-570";
    public const string AlwaysTrue = "CWE-571";
    public const string UncheckedCondition = "CWE-754";
    public const string UnhandledCondition = "CWE-755";
    public const string ResourcesWithoutLimits = "CWE-770";
    public const string HardCodedCredentials = "CWE-798";
    public const string UntrustedInputInDecision = "CWE-807";
    public const string InfiniteLoop = "CWE-835";
    public const string ServerSideRequestForgery = "CWE-918";
    public const string ResourcesInLoop = "CWE-1050";
    public const string NoTimeout = "CWE-1088";
    public const string UnmaintainedComponent = "CWE-1104";
    public const string PromptNeutralization = "CWE-1427";

    /// <summary>Gets the name that the list gives to each of them.</summary>
    public static ImmutableSortedDictionary<string, string> Names { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        [PromptInjection] = "Prompt Injection",
        [SensitiveInformationDisclosure] = "Sensitive Information Disclosure",
        [SupplyChain] = "Supply Chain",
        [UnboundedConsumption] = "Unbounded Consumption",
        [HiddenContextExposure] = "Hidden Context Exposure",
        [ImproperOutputHandling] = "Improper Output Handling",
        [InputValidation] = "Improper Input Validation",
        [PathTraversal] = "Path Traversal",
        [CommandInjection] = "OS Command Injection",
        [CrossSiteScripting] = "Cross-site Scripting",
        [SqlInjection] = "SQL Injection",
        [SensitiveDataSent] = "Insertion of Sensitive Information Into Sent Data",
        [SensitiveDataNotRemoved] = "Improper Removal of Sensitive Information Before Storage or Transfer",
        [UncheckedReturnValue] = "Unchecked Return Value",
        [CertificateValidation] = "Improper Certificate Validation",
        [CleartextTransmission] = "Cleartext Transmission of Sensitive Information",
        [MissingDefaultCase] = "Missing Default Case in Multiple Condition Expression",
        [SensitiveDataInLogs] = "Insertion of Sensitive Information into Log File",
        [AlwaysFalse] = "Expression is Always False",
        [AlwaysTrue] = "Expression is Always True",
        [UncheckedCondition] = "Improper Check for Unusual or Exceptional Conditions",
        [UnhandledCondition] = "Improper Handling of Exceptional Conditions",
        [ResourcesWithoutLimits] = "Allocation of Resources Without Limits or Throttling",
        [HardCodedCredentials] = "Use of Hard-coded Credentials",
        [UntrustedInputInDecision] = "Reliance on Untrusted Inputs in a Security Decision",
        [InfiniteLoop] = "Loop with Unreachable Exit Condition",
        [ServerSideRequestForgery] = "Server-Side Request Forgery",
        [ResourcesInLoop] = "Excessive Platform Resource Consumption within a Loop",
        [NoTimeout] = "Synchronous Access of Remote Resource without Timeout",
        [UnmaintainedComponent] = "Use of Unmaintained Third Party Components",
        [PromptNeutralization] = "Improper Neutralization of Input Used for LLM Prompting",
    }.ToImmutableSortedDictionary(StringComparer.Ordinal);
}
