namespace AiGuardrails.Core.Baselines;

/// <summary>Paths as a baseline has them: from its own folder, with forward slashes on every system.</summary>
internal static class BaselinePaths
{
    /// <summary>The path of a file from the folder of a baseline; null where no way leads from one to the other.</summary>
    /// <param name="baseline">The full path of the baseline.</param>
    /// <param name="file">The full path of the file.</param>
    public static string? Relative(string baseline, string file)
    {
        var from = Parts(baseline);
        var to = Parts(file);
        if (from.Length < 2 || to.Length < 2 || !AreEqual(from[0], to[0]))
        {
            return null;
        }

        // The last part of the baseline is its name.
        var common = 1;
        while (common < from.Length - 1 && common < to.Length - 1 && AreEqual(from[common], to[common]))
        {
            common++;
        }

        return string.Concat(Enumerable.Repeat("../", from.Length - 1 - common)) + string.Join("/", to, common, to.Length - common);

        // Where paths begin with a drive, case is of no account; elsewhere it may be.
        bool AreEqual(string left, string right) =>
            string.Equals(left, right, from[0].EndsWith(":", StringComparison.Ordinal) ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal);
    }

    private static string[] Parts(string path)
    {
        var parts = new List<string>();
        foreach (var part in path.Replace('\\', '/').Split('/'))
        {
            // The compiler hands over what a project wrote: "../x" and "./x" are possible inside of a full path.
            if (part == ".." && parts.Count > 1)
            {
                parts.RemoveAt(parts.Count - 1);
            }
            else if (part != "." && (part.Length > 0 || parts.Count == 0))
            {
                parts.Add(part);
            }
        }

        return [.. parts];
    }
}
