using AiGuardrails.Analyzers.Diagnostics;
using AiGuardrails.Generators.Prompts;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace AiGuardrails.Analyzers.Rules.Prompts;

/// <summary>AIG8008: everything else that stops the generation of a prompt; and the mistakes of prompt files, once for each file.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class InvalidPromptAnalyzer() : PromptAnalyzer(Descriptors.InvalidPrompt, PromptRule.Invalid);
