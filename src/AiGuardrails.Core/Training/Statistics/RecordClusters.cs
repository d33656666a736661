namespace AiGuardrails.Core.Training.Statistics;

/// <summary>Records that belong together: those that are the same, or that share an input.</summary>
/// <param name="FirstLine">The line of the first one, from 1; of a leak, the line in the training file.</param>
/// <param name="Lines">The lines of the others, the first few of them.</param>
/// <param name="Count">The number of the others.</param>
internal sealed record RecordCluster(int FirstLine, IReadOnlyList<int> Lines, int Count);

/// <summary>Groups records by the line that they match, in bounded memory: of a file with more groups than that, the first are kept.</summary>
internal sealed class RecordClusters
{
    private const int MostClusters = 10_000;
    private const int MostLines = 8;

    private readonly Dictionary<int, Cluster> _clusters = [];

    /// <summary>Gets the number of records that match an earlier one.</summary>
    public int Records { get; private set; }

    /// <summary>Gets the number of groups that are kept.</summary>
    public int Count => _clusters.Count;

    /// <summary>Gets whether all groups are kept.</summary>
    public bool IsComplete { get; private set; } = true;

    /// <summary>Adds a record that matches the one of another line.</summary>
    public void Add(int firstLine, int line)
    {
        Records++;
        if (!_clusters.TryGetValue(firstLine, out var cluster))
        {
            if (_clusters.Count == MostClusters)
            {
                IsComplete = false;
                return;
            }

            _clusters.Add(firstLine, cluster = new Cluster());
        }

        cluster.Count++;
        if (cluster.Lines.Count < MostLines)
        {
            cluster.Lines.Add(line);
        }
    }

    /// <summary>Gives the largest groups, the largest one first.</summary>
    public IReadOnlyList<RecordCluster> Largest(int most) =>
    [
        .. _clusters
            .OrderByDescending(static pair => pair.Value.Count)
            .ThenBy(static pair => pair.Key)
            .Take(most)
            .Select(static pair => new RecordCluster(pair.Key, pair.Value.Lines, pair.Value.Count)),
    ];

    private sealed class Cluster
    {
        public int Count { get; set; }

        public List<int> Lines { get; } = [];
    }
}
