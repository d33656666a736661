using System.Reflection;

namespace AiGuardrails.Architecture.Tests;

/// <summary>The projects in src, and what they were compiled to.</summary>
internal static class SourceTree
{
    private static readonly string s_configuration = typeof(SourceTree).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(static data => data.Key == "Configuration").Value!;

    /// <summary>Gets the folder of the solution.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>The folder of a project in src.</summary>
    public static string Folder(string project) => Path.Combine(Root, "src", project);

    /// <summary>What a project was compiled to for a framework.</summary>
    public static string Assembly(string project, string framework = "netstandard2.0") =>
        Path.Combine(Folder(project), "bin", s_configuration, framework, project + ".dll");

    /// <summary>The C# files of a project, without those that a build has made.</summary>
    public static IEnumerable<string> Files(string project) =>
        Directory.EnumerateFiles(Folder(project), "*.cs", SearchOption.AllDirectories)
            .Where(path => Path.GetRelativePath(Folder(project), path).Split(Path.DirectorySeparatorChar)[0] is not ("bin" or "obj"));

    private static string FindRoot()
    {
        for (var folder = AppContext.BaseDirectory; folder is not null; folder = Path.GetDirectoryName(folder))
        {
            if (File.Exists(Path.Combine(folder, "AiGuardrails.sln")))
            {
                return folder;
            }
        }

        throw new InvalidOperationException("The tests do not run inside the repository.");
    }
}
