using System.Text;
using AiGuardrails.Core.Tokens;
using AiGuardrails.Tool.Files;

namespace AiGuardrails.Tool;

/// <summary>Where a command runs and to whom it speaks; tests bring their own.</summary>
internal sealed record ToolContext
{
    public required TextWriter Out { get; init; }

    public required TextWriter Error { get; init; }

    /// <summary>Opens what is piped in.</summary>
    public Func<Stream> OpenInput { get; init; } = static () => new PipedInput(Console.OpenStandardInput());

    /// <summary>Opens what is piped on, for what is not text: data stay the bytes that they are.</summary>
    public Func<Stream> OpenOutput { get; init; } = Console.OpenStandardOutput;

    /// <summary>Where a person answers questions; null where nobody is there to be asked.</summary>
    public TextReader? Answers { get; init; }

    /// <summary>The day on which dates are judged.</summary>
    public Func<DateTime> Today { get; init; } = static () => DateTime.Today;

    /// <summary>Paths are read and shown relative to it.</summary>
    public required string CurrentDirectory { get; init; }

    /// <summary>The rules: every assembly in this folder is given to the compiler.</summary>
    public string AnalyzerDirectory { get; init; } = Path.Combine(AppContext.BaseDirectory, "analyzers");

    /// <summary>What is brought into a build from outside.</summary>
    public string MSBuildDirectory { get; init; } = Path.Combine(AppContext.BaseDirectory, "msbuild");

    /// <summary>Where a command puts what it needs while it runs.</summary>
    public string TemporaryDirectory { get; init; } = Path.GetTempPath();

    /// <summary>What counts as the vocabulary of a model.</summary>
    public IReadOnlyList<KnownVocabulary> KnownVocabularies { get; init; } = KnownVocabulary.Published;

    /// <summary>Colours, links and the width of a window: only where somebody looks at one.</summary>
    public bool IsTerminal { get; init; }

    public int Width { get; init; } = 80;

    /// <summary>Says on <see cref="Error"/> that something is under way; it vanishes when that ends.</summary>
    public bool ShowsProgress { get; init; }

    public static ToolContext ForConsole()
    {
        // What is written for programs is UTF-8 on every system.
        Console.OutputEncoding = Encoding.UTF8;
        return Create();
    }

    private static ToolContext Create()
    {
        // https://no-color.org: set to anything, it means plain text; also no line that moves.
        var isPlain = Environment.GetEnvironmentVariable("NO_COLOR") is { Length: > 0 };
        return new ToolContext
        {
            Out = Console.Out,
            Error = Console.Error,
            Answers = Console.IsInputRedirected || Console.IsOutputRedirected ? null : Console.In,
            CurrentDirectory = Environment.CurrentDirectory,
            IsTerminal = !Console.IsOutputRedirected && !isPlain,
            ShowsProgress = !Console.IsErrorRedirected && !isPlain,
            // A terminal that does not know its width says 0.
            Width = !Console.IsOutputRedirected && Console.WindowWidth is > 0 and var width ? Math.Max(40, width) : 80,
        };
    }
}
