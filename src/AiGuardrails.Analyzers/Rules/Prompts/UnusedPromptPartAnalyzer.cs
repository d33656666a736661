using AiGuardrails.Analyzers.Diagnostics;
using AiGuardrails.Generators.Prompts;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace AiGuardrails.Analyzers.Rules.Prompts;

/// <summary>AIG8002: an input that no block places, and blocks that are empty or say what another one says.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class UnusedPromptPartAnalyzer() : PromptAnalyzer(Descriptors.UnusedPromptPart, PromptRule.Unused);
