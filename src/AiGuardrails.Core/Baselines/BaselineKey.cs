namespace AiGuardrails.Core.Baselines;

/// <summary>What makes two findings the same one: the rule, the file and the code, wherever in the file it stands.</summary>
/// <param name="Rule">The identifier of the rule.</param>
/// <param name="File">The file, from the folder of the baseline, with forward slashes.</param>
/// <param name="Code">The mark of the code, from <see cref="BaselineText"/>.</param>
internal readonly record struct BaselineKey(string Rule, string File, string Code);

/// <summary>One entry of a baseline: a finding, how often the file has it, and the line of the baseline that says so, from 1.</summary>
internal sealed record BaselineEntry(BaselineKey Key, int Count, int Line);
