using AiGuardrails.Core.Training.Targets;
namespace AiGuardrails.Core.Training.Linting;
internal sealed class ContentChecks(TargetDescription target, LintOptions options, LineFindings findings, RecordReader reader)
{
    public RecordIndex Index { get; } = new();
    public TokenRange? Tokens => null;
    public void Check(ReadOnlySpan<byte> utf8, int line) { _ = target; _ = options; _ = findings; _ = reader; _ = utf8; _ = line; }
    public void Complete(int records) { _ = records; }
}
