using System.Reflection;

namespace AiGuardrails.Package.Tests;

/// <summary>What these tests know of the build that made them.</summary>
internal static class BuildFacts
{
    public static string Configuration { get; } = Metadata("Configuration");

    /// <summary>Gets the oldest compiler that loads the package, as "4.14".</summary>
    public static string RoslynFloor { get; } = Metadata("RoslynFloor");

    public static string OpenAIVersion { get; } = Metadata("OpenAIVersion");

    public static string AnthropicVersion { get; } = Metadata("AnthropicVersion");

    public static string ExtensionsAIVersion { get; } = Metadata("ExtensionsAIVersion");

    public static string RepositoryRoot { get; } = FindRepositoryRoot();

    /// <summary>Gets the command-line tool, as it was built with these tests.</summary>
    public static string Tool { get; } = Path.Combine(RepositoryRoot, "src", "AiGuardrails.Tool", "bin", Configuration, "net10.0", "AiGuardrails.Tool.dll");

    private static string Metadata(string key) =>
        typeof(BuildFacts).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(attribute => attribute.Key == key).Value!;

    // Not from the path of a source file, which a deterministic build rewrites.
    private static string FindRepositoryRoot()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "AiGuardrails.sln")))
        {
            folder = Path.GetDirectoryName(folder) ?? throw new InvalidOperationException($"No AiGuardrails.sln above {AppContext.BaseDirectory}.");
        }

        return folder;
    }
}
