using AiGuardrails.Core.Json;
using AiGuardrails.Core.Text;
using AiGuardrails.Core.Training.Statistics;
using AiGuardrails.Core.Training.Targets;

namespace AiGuardrails.Core.Training.Linting;

/// <summary>Counts equal answers: data of a classification, which should show each label often enough.</summary>
internal sealed class AnswerCounts
{
    private const int MostLabels = 200;
    private const int LongestLabel = 64;
    private const int FewestRecords = 10;

    // Thresholds of peers: a label less than a tenth as frequent as it would be if all were equal, or one to fifty.
    private const double SmallestShare = 0.1;
    private const int LargestRatio = 50;

    private readonly Dictionary<ulong, Label> _labels = [];
    private bool _isOpen;

    /// <summary>Gets whether there are too many different answers for labels: nothing more is counted.</summary>
    public bool IsOpen => _isOpen;

    /// <summary>Gets the answers, the most frequent one first, where they are labels: short, and each given several times on average.</summary>
    public IReadOnlyList<LabelCount> Labels => AreLabels
        ? [.. _labels.Values.OrderByDescending(static label => label.Count).ThenBy(static label => label.Text.English, StringComparer.Ordinal).Select(static label => new LabelCount(label.Text.English, label.Count))]
        : [];

    private bool AreLabels => !_isOpen && _labels.Count * 3 < _labels.Values.Sum(static label => label.Count) && _labels.Values.All(static label => label.IsShort);

    /// <summary>Adds the answer of a record.</summary>
    public void Add(ulong hash, ReadOnlySpan<byte> json, bool hasEscapes)
    {
        if (_isOpen)
        {
            return;
        }

        if (!_labels.TryGetValue(hash, out var label))
        {
            // Long answers are no labels; but that all are one and the same is worth knowing of them too.
            if (_labels.Count == MostLabels)
            {
                _isOpen = true;
                _labels.Clear();
                return;
            }

            var isShort = json.Length <= LongestLabel;
            _labels.Add(hash, label = new Label(isShort && !json.IsEmpty ? Sentence.Of("{0}", "'" + JsonString.Decode(json, hasEscapes) + "'") : "the rarest answer", isShort));
        }

        label.Count++;
    }

    public void Report(int records, LineFindings findings)
    {
        if (_isOpen || records < FewestRecords || _labels.Count == 0)
        {
            return;
        }

        if (_labels.Count == 1)
        {
            if (_labels.Values.First().Count >= FewestRecords)
            {
                findings.AddForFile(LintRules.Unbalanced, Verdict.Notes(), "every example has the same answer: the model would learn to give it whatever it is asked");
            }

            return;
        }

        var total = _labels.Values.Sum(static label => label.Count);
        var rarest = _labels.Values.OrderBy(static label => label.Count).ThenBy(static label => label.Text.English, StringComparer.Ordinal).First();
        var most = _labels.Values.Max(static label => label.Count);
        if (AreLabels
            && (rarest.Count < SmallestShare / _labels.Count * total || most > rarest.Count * LargestRatio))
        {
            findings.AddForFile(
                LintRules.Unbalanced, Verdict.Notes(),
                "{0} is the answer of {1:N0} of the {2:N0} examples: labels this unequal are learnt unequally", rarest.Text, rarest.Count, total);
        }
    }

    private sealed class Label(Sentence text, bool isShort)
    {
        public Sentence Text { get; } = text;

        public bool IsShort { get; } = isShort;

        public int Count { get; set; }
    }
}
