using System.Collections.ObjectModel;

namespace AiGuardrails.Testing;

/// <summary>Files of a test, in markup. A file without a name is called <c>Test0.cs</c>, <c>Test1.cs</c> and so on.</summary>
public sealed class TestFileList : Collection<(string Name, string Text)>
{
    public void Add(string text) => Add($"Test{Count}.cs", text);

    public void Add(string name, string text) => Add((name, text));
}
