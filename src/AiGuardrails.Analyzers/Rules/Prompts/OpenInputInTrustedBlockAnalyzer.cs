using AiGuardrails.Analyzers.Diagnostics;
using AiGuardrails.Generators.Prompts;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace AiGuardrails.Analyzers.Rules.Prompts;

/// <summary>AIG8003: text that others can write, in a block that is none of the user.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class OpenInputInTrustedBlockAnalyzer() : PromptAnalyzer(Descriptors.OpenInputInTrustedBlock, PromptRule.OpenInput);
