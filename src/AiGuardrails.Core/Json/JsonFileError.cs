using AiGuardrails.Core.Text;

namespace AiGuardrails.Core.Json;

/// <summary>What is wrong with a file of ours that people write or merge by hand, and where; line and column count from 1.</summary>
/// <param name="Message">One sentence, without its full stop.</param>
/// <param name="Line">The line.</param>
/// <param name="Column">The column, in UTF-16 code units.</param>
internal sealed record JsonFileError(Sentence Message, int Line, int Column);
