namespace AiGuardrails.Tool.Checking;

/// <summary>One thing to check, as an absolute path.</summary>
internal abstract record CheckInput
{
    /// <summary>A project or a solution, which knows how it is built.</summary>
    internal sealed record Build(string Path) : CheckInput
    {
        public bool IsProject => System.IO.Path.GetExtension(Path).Equals(".csproj", StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>Source files that no project claims, and where they come from: settings above that folder apply.</summary>
    internal sealed record Loose(string Directory, IReadOnlyList<string> Files) : CheckInput;
}
