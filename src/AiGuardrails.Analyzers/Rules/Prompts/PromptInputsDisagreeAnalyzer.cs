using AiGuardrails.Analyzers.Diagnostics;
using AiGuardrails.Generators.Prompts;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace AiGuardrails.Analyzers.Rules.Prompts;

/// <summary>AIG8001: a placeholder that names no input, or a required input that is never placed.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class PromptInputsDisagreeAnalyzer() : PromptAnalyzer(Descriptors.PromptInputsDisagree, PromptRule.Inputs);
