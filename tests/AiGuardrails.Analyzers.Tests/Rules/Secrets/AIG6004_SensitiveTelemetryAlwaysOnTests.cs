using Verify = AiGuardrails.Testing.CSharpAnalyzerVerifier<AiGuardrails.Analyzers.Rules.Secrets.SensitiveTelemetryAlwaysOnAnalyzer>;

namespace AiGuardrails.Analyzers.Tests.Rules.Secrets;

/// <summary>The package Microsoft.Extensions.AI cannot be restored here: what the rule needs of it is declared below.</summary>
public sealed class AIG6004_SensitiveTelemetryAlwaysOnTests
{
    private const string Library =
        """
        namespace Microsoft.Extensions.AI
        {
            public class OpenTelemetryChatClient { public bool EnableSensitiveData { get; set; } }
            public class ChatClientBuilder { }
            public static class OpenTelemetryChatClientBuilderExtensions
            {
                public static ChatClientBuilder UseOpenTelemetry(this ChatClientBuilder builder, string? sourceName = null, System.Action<OpenTelemetryChatClient>? configure = null) => builder;
            }
        }
        namespace Microsoft.Extensions.Hosting
        {
            public interface IHostEnvironment { string EnvironmentName { get; } }
            public static class HostEnvironmentEnvExtensions
            {
                public static bool IsDevelopment(this IHostEnvironment environment) => environment.EnvironmentName == "Development";
                public static bool IsProduction(this IHostEnvironment environment) => environment.EnvironmentName == "Production";
            }
        }
        namespace Microsoft.SemanticKernel
        {
            public class Kernel { }
        }
        """;

    private const string Head =
        """
        using System;
        using Microsoft.Extensions.AI;
        using Microsoft.Extensions.Hosting;


        """;

    [Theory]
    [InlineData("builder.UseOpenTelemetry(configure: c => {|AIG6004:c.EnableSensitiveData = true|});")]
    [InlineData("builder.UseOpenTelemetry(null, static c => { {|AIG6004:c.EnableSensitiveData = true|}; });")]
    [InlineData("_ = new OpenTelemetryChatClient { {|AIG6004:EnableSensitiveData = true|} };")]
    [InlineData("const bool on = true; builder.UseOpenTelemetry(configure: c => {|AIG6004:c.EnableSensitiveData = on|});")]
    [InlineData("if (environment.IsDevelopment()) { Log(); } else { builder.UseOpenTelemetry(configure: c => {|AIG6004:c.EnableSensitiveData = true|}); }")]
    [InlineData("if (!environment.IsDevelopment()) { builder.UseOpenTelemetry(configure: c => {|AIG6004:c.EnableSensitiveData = true|}); }")]
    [InlineData("if (environment.IsProduction()) { builder.UseOpenTelemetry(configure: c => {|AIG6004:c.EnableSensitiveData = true|}); }")]
    [InlineData("builder.UseOpenTelemetry(configure: c => {|AIG6004:c.EnableSensitiveData = !environment.IsDevelopment()|});")]
    [InlineData("if (environment.IsDevelopment()) { Log(); } builder.UseOpenTelemetry(configure: c => {|AIG6004:c.EnableSensitiveData = true|});")]
    [InlineData("{|AIG6004:AppContext.SetSwitch(\"Microsoft.SemanticKernel.Experimental.GenAI.EnableOTelDiagnosticsSensitive\", true)|};")]
    [InlineData("{|AIG6004:Environment.SetEnvironmentVariable(\"OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT\", \"true\")|};")]
    public Task On_outside_development_is_reported(string statement) => VerifyAsync(statement);

    [Theory]
    [InlineData("builder.UseOpenTelemetry(configure: c => c.EnableSensitiveData = false);")]
    [InlineData("builder.UseOpenTelemetry(configure: c => c.EnableSensitiveData = environment.IsDevelopment());")]
    [InlineData("if (environment.IsDevelopment()) { builder.UseOpenTelemetry(configure: c => c.EnableSensitiveData = true); }")]
    [InlineData("builder.UseOpenTelemetry(configure: c => { if (environment.IsDevelopment()) c.EnableSensitiveData = true; });")]
    [InlineData("if (!environment.IsDevelopment()) return; builder.UseOpenTelemetry(configure: c => c.EnableSensitiveData = true);")]
    [InlineData("if (environment.IsProduction()) { Log(); } else if (flag || environment.IsDevelopment()) { builder.UseOpenTelemetry(configure: c => c.EnableSensitiveData = true); }")]
    [InlineData("if (environment.EnvironmentName == \"Development\" && flag) { builder.UseOpenTelemetry(configure: c => c.EnableSensitiveData = true); }")]
    [InlineData("if (string.Equals(environment.EnvironmentName, \"Development\")) { builder.UseOpenTelemetry(configure: c => c.EnableSensitiveData = true); }")]
    [InlineData("var isDevelopment = environment.IsDevelopment(); if (isDevelopment) { builder.UseOpenTelemetry(configure: c => c.EnableSensitiveData = true); }")]
    [InlineData("if (System.Diagnostics.Debugger.IsAttached) { builder.UseOpenTelemetry(configure: c => c.EnableSensitiveData = true); }")]
    [InlineData("if (flag) { builder.UseOpenTelemetry(configure: c => c.EnableSensitiveData = true); }")]
    [InlineData("builder.UseOpenTelemetry(configure: c => c.EnableSensitiveData = flag);")]
    [InlineData("if (environment.IsDevelopment()) AppContext.SetSwitch(\"Microsoft.SemanticKernel.Experimental.GenAI.EnableOTelDiagnosticsSensitive\", true);")]
    [InlineData("AppContext.SetSwitch(\"Microsoft.SemanticKernel.Experimental.GenAI.EnableOTelDiagnosticsSensitive\", false);")]
    [InlineData("AppContext.SetSwitch(\"Microsoft.SemanticKernel.Experimental.GenAI.EnableOTelDiagnostics\", true);")]
    [InlineData("#if DEBUG\nbuilder.UseOpenTelemetry(configure: c => c.EnableSensitiveData = true);\n#endif")]
    [InlineData("#if !DEBUG\n#else\nbuilder.UseOpenTelemetry(configure: c => c.EnableSensitiveData = true);\n#endif")]
    [InlineData("_ = new Other { EnableSensitiveData = true };")]
    public Task On_in_development_off_or_undecided_is_left(string statement) => VerifyAsync("#define DEBUG\n", statement);

    [Fact]
    public Task Release_branch_of_a_directive_is_reported() => VerifyAsync(
        "#if DEBUG\n#else\nbuilder.UseOpenTelemetry(configure: c => {|AIG6004:c.EnableSensitiveData = true|});\n#endif");

    [Fact]
    public Task Half_typed_code_does_no_harm() =>
        AiGuardrails.Testing.AnalyzerFuzz.VerifyNeverThrowsAsync<AiGuardrails.Analyzers.Rules.Secrets.SensitiveTelemetryAlwaysOnAnalyzer>(
            "class C { void M(bool f) {\n#if DEBUG\nSystem.AppContext.SetSwitch(\"Azure.Experimental.TraceGenAIMessageContent\", true);\n#else\nif (!f && System.Diagnostics.Debugger.IsAttached) { System.AppContext.SetSwitch(\"Azure.Experimental.TraceGenAIMessageContent\", !f); }\n#endif\n} }\n" + Library);

    private static Task VerifyAsync(string statement) => VerifyAsync("", statement);

    private static Task VerifyAsync(string before, string statement) => Verify.VerifyAnalyzerAsync(
        before + Head + "class C\n{\nvoid Add(ChatClientBuilder builder, IHostEnvironment environment, bool flag)\n{\n" + statement + "\n}\nvoid Log() { }\nclass Other { public bool EnableSensitiveData { get; set; } }\n}\n",
        static test =>
        {
            test.Sources.Add(Library);
            test.SilentWithoutSdk = false; // It is declared in the source.
        });
}
