using AiGuardrails.Core.Prompts;
using Microsoft.CodeAnalysis;
using Verify = AiGuardrails.Testing.CSharpCodeFixVerifier<AiGuardrails.Analyzers.Rules.Prompts.PromptChangedWithoutVersionAnalyzer, AiGuardrails.CodeFixes.Rules.Prompts.PromptChangedWithoutVersionCodeFix>;

namespace AiGuardrails.Analyzers.Tests.Rules.Prompts;

public sealed class AIG8005_PromptChangedWithoutVersionTests
{
    private const string Bump = "BumpVersion";
    private const string Update = "UpdateLockFile";
    private const string LockFile = "prompts.lock.json";

    private static readonly string s_hello = HashOf("Hello.");
    private static readonly string s_bye = HashOf("Bye.");

    // ----- What is reported, and where -----

    [Fact]
    public Task A_text_that_changed_is_reported_at_its_version() => ReportsAsync(
        """[Prompt("a/b", Version = {|#0:2|})] [Block(BlockRole.User, "Hello.")] public partial class X { }""",
        LockOf(("a/b", 2, s_bye)),
        "the text, inputs or answer of 'a/b' differ from version 2 in prompts.lock.json; give it version 3, or update the entry if that version was never in use");

    [Fact]
    public Task Without_a_version_it_is_reported_at_the_identifier() => ReportsAsync(
        """[Prompt({|#0:"a/b"|})] [Block(BlockRole.User, "Hello.")] public partial class X { }""",
        LockOf(("a/b", 1, s_bye)),
        "the text, inputs or answer of 'a/b' differ from version 1 in prompts.lock.json; give it version 2, or update the entry if that version was never in use");

    [Fact]
    public Task A_version_below_the_locked_one_is_reported_whatever_the_text() => ReportsAsync(
        """[Prompt("a/b", Version = {|#0:2|})] [Block(BlockRole.User, "Hello.")] public partial class X { }""",
        LockOf(("a/b", 4, s_hello)),
        "'a/b' has version 2, and prompts.lock.json version 4 of it already; give it version 5, or update the entry if that version was never in use");

    [Fact]
    public Task A_version_above_the_locked_one_wants_its_entry() => ReportsAsync(
        """[Prompt("a/b", Version = {|#0:3|})] [Block(BlockRole.User, "Hello.")] public partial class X { }""",
        LockOf(("a/b", 2, s_bye)),
        "'a/b' has version 3, and prompts.lock.json still version 2; update the entry, so that the next change is noticed");

    [Fact]
    public Task A_prompt_without_an_entry_is_reported_at_its_identifier() => ReportsAsync(
        """[Prompt(id: {|#0:"a/b"|}, Version = 3)] [Block(BlockRole.User, "Hello.")] public partial class X { }""",
        LockOf(("A/b", 3, s_hello)),
        "'a/b' is not in prompts.lock.json; add it, so that a change under the same version is noticed");

    [Theory]
    [InlineData("[Slot(MaxTokens = 5)] public string Name { get; set; } = \"\";")]
    [InlineData("[Slot(Label = \"customer\")] public string Name { get; set; } = \"\";")]
    [InlineData("public string? Name { get; set; }")]
    [InlineData("public int Name { get; set; }")]
    public Task An_input_that_changed_is_reported(string input) => Verify.VerifyAnalyzerAsync(
        $$"""using AiGuardrails; [Prompt({|AIG8005:"a"|})] [Block(BlockRole.User, "Hi {Name}")] public partial class X { {{input}} }""",
        test => test.AdditionalFiles.Add(LockFile, LockOf(("a", 1, HashOfName))));

    [Fact]
    public Task A_text_in_a_file_is_reported_at_the_attribute() => Verify.VerifyAnalyzerAsync(
        """using AiGuardrails; [Prompt({|AIG8005:"a"|}, File = "a.prompt.md")] public partial class X { }""",
        test =>
        {
            test.AdditionalFiles.Add("a.prompt.md", "---\nversion: 7\n---\n# user\nHello.");
            test.AdditionalFiles.Add(LockFile, LockOf(("a", 7, s_bye)));
        });

    [Fact]
    public Task Of_two_prompts_with_one_identifier_the_first_is_compared() => Verify.VerifyAnalyzerAsync(
        """
        using AiGuardrails;
        [Prompt({|AIG8005:"a"|})] [Block(BlockRole.User, "Hello.")] public partial class X { }
        [Prompt("a")] [Block(BlockRole.User, "Other.")] public partial class A { }
        """,
        test => test.AdditionalFiles.Add(LockFile, LockOf(("a", 1, s_bye))));

    // ----- A lock file that cannot be read -----

    [Theory]
    [InlineData("{ \"version\": 1, \"prompts\": { {|#0:|}", "the text ends inside a value")]
    [InlineData("{\n  \"version\": 1,\n  \"prompts\": {\n{|#0:<|}<<<<<< HEAD\n", "a conflict of a merge is not resolved; keep either side, and run 'aiguardrails prompts lock'")]
    [InlineData("{ \"version\": 1,\r\n  {|#0:\"|}promts\": {} }", "'promts' is no member of the file, which has 'version' and 'prompts'")]
    [InlineData("{|#0:|}", "there is no value")]
    public Task A_file_that_cannot_be_read_is_told_once_and_nothing_is_compared(string text, string message) => Verify.VerifyAnalyzerAsync(
        """
        using AiGuardrails;
        [Prompt("a")] [Block(BlockRole.User, "Hello.")] public partial class X { }
        [Prompt("b")] [Block(BlockRole.User, "Hello.")] public partial class Y { }
        """,
        test => test.AdditionalFiles.Add(LockFile, text),
        Verify.Diagnostic("AIG8005").WithLocation(0).WithMessage("prompts.lock.json cannot be read, so that no prompt is compared with it: " + message));

    // ----- Silence -----

    [Fact]
    public Task What_is_as_locked_is_silent() => IsSilentAsync(
        """[Prompt("a", Version = 2)] [Block(BlockRole.User, "Hello.")] public partial class X { }""",
        LockOf(("a", 2, s_hello)));

    [Fact]
    public Task Without_a_lock_file_all_is_silent() => IsSilentAsync(
        """[Prompt("a", Version = 2)] [Block(BlockRole.User, "Hello.")] public partial class X { }""",
        lockFile: null);

    [Fact]
    public Task A_file_of_another_name_is_no_lock_file() => Verify.VerifyAnalyzerAsync(
        """using AiGuardrails; [Prompt("a")] [Block(BlockRole.User, "Hello.")] public partial class X { }""",
        test =>
        {
            test.AdditionalFiles.Add("old-prompts.lock.json", LockOf(("a", 1, s_bye)));
            test.AdditionalFiles.Add("prompts.lock.json.txt", "{");
        });

    [Fact]
    public Task An_entry_without_a_prompt_is_silent() => IsSilentAsync(
        """[Prompt("a")] [Block(BlockRole.User, "Hello.")] public partial class X { }""",
        LockOf(("a", 1, s_hello), ("gone", 1, s_bye)));

    [Theory]
    [InlineData("""[Prompt("a")] [Block(BlockRole.User, "Hello {")] public partial class X { }""")]
    [InlineData("""[Prompt("a")] [Block(BlockRole.User, "Hello {Naem}")] public partial class X { public string Name { get; set; } = ""; }""")]
    [InlineData("""[Prompt("a")] [Block(BlockRole.User, "Hello.")] public class X { }""")]
    [InlineData("""[Prompt(" ")] [Block(BlockRole.User, "Hello.")] public partial class X { }""")]
    [InlineData("""[Prompt("a", Version = 0)] [Block(BlockRole.User, "Hello.")] public partial class X { }""")]
    [InlineData("""[Prompt("a", File = "none.prompt.md")] public partial class X { }""")]
    public Task A_prompt_with_an_error_has_no_hash(string source) => IsSilentAsync(source, LockOf(("a", 1, s_bye)));

    [Fact]
    public Task What_is_the_same_to_the_model_is_silent() => IsSilentAsync(
        "[Prompt(\"a\")]\r\n// A comment.\r\n[Block(BlockRole.User, \"\"\"\r\n    Hello,  \r\n    {Name}\r\n    \"\"\")] public partial record X { public int Other; public string Name { get; set; } = \"\"; }",
        LockOf(("a", 1, Hash(hash =>
        {
            hash.AddText("Hello,\n");
            hash.AddInput("Name", "string", "Name", 0, "Fail", isTrusted: false);
        }))));

    [Fact]
    public Task The_prompt_of_a_training_record_is_none() => IsSilentAsync(
        """public partial class X { [Prompt] public string Text { get; set; } = ""; }""",
        LockOf());

    [Fact]
    public Task An_attribute_of_the_same_name_is_not_ours() => Verify.VerifyAnalyzerAsync(
        """
        public sealed class PromptAttribute : System.Attribute { public PromptAttribute(string id) { } }
        [Prompt("a")] public partial class X { }
        """,
        test => test.AdditionalFiles.Add(LockFile, LockOf()));

    // ----- The version is bumped -----

    [Fact]
    public Task A_version_is_bumped_in_code_and_in_the_lock_file() => FixesAsync(
        Bump,
        """
        [Prompt("a", Version = {|AIG8005:2|}, MaxOutputTokens = 3)] // kept
        [Block(BlockRole.User, "Hello.")] public partial class X { }
        """,
        LockOf(("a", 2, s_bye), ("other", 9, s_bye)),
        """
        [Prompt("a", Version = 3, MaxOutputTokens = 3)] // kept
        [Block(BlockRole.User, "Hello.")] public partial class X { }
        """,
        LockOf(("a", 3, s_hello), ("other", 9, s_bye)));

    [Fact]
    public Task A_version_that_was_not_said_is_added() => FixesAsync(
        Bump,
        """
        [Prompt({|AIG8005:"a"|}, MaxOutputTokens = 3)] [Block(BlockRole.User, "Hello.")] public partial class X { }
        [Prompt(id: {|AIG8005:"b"|})] [Block(BlockRole.User, "Hello.")] public partial class Y { }
        """,
        LockOf(("a", 1, s_bye), ("b", 4, s_hello)),
        """
        [Prompt("a", Version = 2, MaxOutputTokens = 3)] [Block(BlockRole.User, "Hello.")] public partial class X { }
        [Prompt(id: "b", Version = 5)] [Block(BlockRole.User, "Hello.")] public partial class Y { }
        """,
        LockOf(("a", 2, s_hello), ("b", 5, s_hello)));

    [Fact]
    public Task A_bump_leaves_what_needs_none() => FixesAsync(
        Bump,
        """
        [Prompt("a", Version = {|AIG8005:1|})] [Block(BlockRole.User, "Hello.")] public partial class X { }
        [Prompt({|AIG8005:"new"|})] [Block(BlockRole.User, "Hello.")] public partial class Y { }
        """,
        LockOf(("a", 1, s_bye)),
        """
        [Prompt("a", Version = 2)] [Block(BlockRole.User, "Hello.")] public partial class X { }
        [Prompt({|AIG8005:"new"|})] [Block(BlockRole.User, "Hello.")] public partial class Y { }
        """,
        LockOf(("a", 2, s_hello)));

    [Theory]
    [InlineData("", "---\r\nid: a\r\nversion: 3 # of May\r\n---\r\n# user\r\nHello.", "", "---\r\nid: a\r\nversion: 4 # of May\r\n---\r\n# user\r\nHello.")]
    [InlineData(", Version = 3", "---\nversion: \"3\"\n---\n# user\nHello.", ", Version = 4", "---\nversion: \"4\"\n---\n# user\nHello.")]
    [InlineData(", Version = 3", "# user\nHello.", ", Version = 4", "# user\nHello.")]
    public Task A_prompt_file_says_the_new_version_where_it_said_the_old_one(string version, string file, string newVersion, string newFile)
    {
        var (id, marked) = version.Length == 0 ? ("{|AIG8005:\"a\"|}", "") : ("\"a\"", version.Replace("3", "{|AIG8005:3|}", StringComparison.Ordinal));
        return Verify.VerifyCodeFixAsync(
            $$"""using AiGuardrails; [Prompt({{id}}{{marked}}, File = "a.prompt.md")] public partial class X { }""",
            $$"""using AiGuardrails; [Prompt("a"{{newVersion}}, File = "a.prompt.md")] public partial class X { }""",
            test =>
            {
                test.CodeActionEquivalenceKey = Bump;
                test.AdditionalFiles.Add("a.prompt.md", file);
                test.AdditionalFiles.Add(LockFile, LockOf(("a", 3, s_bye)));
                test.FixedAdditionalFiles.Add("a.prompt.md", newFile);
                test.FixedAdditionalFiles.Add(LockFile, LockOf(("a", 4, s_hello)));
            });
    }

    /// <summary>The higher number is new to both; where the lower one were written, one of them would have a version that was in use.</summary>
    [Theory]
    [InlineData(1, 9)]
    [InlineData(9, 1)]
    [InlineData(9, 9)]
    public Task Two_prompts_of_one_file_share_its_new_version(int ofA, int ofB) => Verify.VerifyCodeFixAsync(
        """
        using AiGuardrails;
        [Prompt({|AIG8005:"a"|}, File = "both.prompt.md")] public partial class A { }
        [Prompt({|AIG8005:"b"|}, File = "both.prompt.md")] public partial class B { }
        """,
        """
        using AiGuardrails;
        [Prompt("a", File = "both.prompt.md")] public partial class A { }
        [Prompt("b", File = "both.prompt.md")] public partial class B { }
        """,
        test =>
        {
            test.CodeActionEquivalenceKey = Bump;
            test.DiffersOneByOne = true;
            test.AdditionalFiles.Add("both.prompt.md", "---\nversion: 1\n---\n# user\nHello.");
            test.AdditionalFiles.Add(LockFile, LockOf(("a", ofA, s_bye), ("b", ofB, s_bye)));
            test.FixedAdditionalFiles.Add("both.prompt.md", "---\nversion: 10\n---\n# user\nHello.");
            test.FixedAdditionalFiles.Add(LockFile, LockOf(("a", 10, s_hello), ("b", 10, s_hello)));
        });

    [Fact]
    public Task A_version_that_is_a_constant_is_left_to_its_author() => Verify.VerifyNoCodeFixAsync(
        """
        using AiGuardrails;
        [Prompt("a", Version = {|AIG8005:Versions.Current|})] [Block(BlockRole.User, "Hello.")] public partial class X { }
        public static class Versions { public const int Current = 1; }
        """,
        test =>
        {
            test.CodeActionEquivalenceKey = Bump;
            test.AdditionalFiles.Add(LockFile, LockOf(("a", 1, s_bye)));
        });

    [Theory]
    [InlineData("Version = {|AIG8005:3|}")]
    [InlineData("Version = {|AIG8005:2147483647|}")]
    public Task A_version_that_is_new_already_is_not_bumped(string version) => Verify.VerifyNoCodeFixAsync(
        $$"""using AiGuardrails; [Prompt("a", {{version}})] [Block(BlockRole.User, "Hello.")] public partial class X { }""",
        test =>
        {
            test.CodeActionEquivalenceKey = Bump;
            test.AdditionalFiles.Add(LockFile, LockOf(("a", version.Contains("2147", StringComparison.Ordinal) ? int.MaxValue : 2, s_bye)));
        });

    // ----- The entry is updated -----

    [Fact]
    public Task Entries_are_written_as_the_prompts_are() => FixesAsync(
        Update,
        """
        [Prompt("changed", Version = {|AIG8005:2|})] [Block(BlockRole.User, "Hello.")] public partial class A { }
        [Prompt("lower", Version = {|AIG8005:2|})] [Block(BlockRole.User, "Hello.")] public partial class B { }
        [Prompt("higher", Version = {|AIG8005:3|})] [Block(BlockRole.User, "Bye.")] public partial class C { }
        [Prompt({|AIG8005:"new"|})] [Block(BlockRole.User, "Bye.")] public partial class D { }
        """,
        LockOf(("changed", 2, s_bye), ("lower", 4, s_hello), ("higher", 2, s_hello), ("gone", 1, s_bye)),
        """
        [Prompt("changed", Version = 2)] [Block(BlockRole.User, "Hello.")] public partial class A { }
        [Prompt("lower", Version = 2)] [Block(BlockRole.User, "Hello.")] public partial class B { }
        [Prompt("higher", Version = 3)] [Block(BlockRole.User, "Bye.")] public partial class C { }
        [Prompt("new")] [Block(BlockRole.User, "Bye.")] public partial class D { }
        """,
        LockOf(("changed", 2, s_hello), ("lower", 2, s_hello), ("higher", 3, s_bye), ("new", 1, s_bye), ("gone", 1, s_bye)));

    [Theory]
    [InlineData(Bump, ", Version = 2", 2)]
    [InlineData(Update, "", 1)]
    public Task Several_files_and_projects_share_no_lock_file_by_mistake(string key, string version, int locked) => Verify.VerifyCodeFixAsync(
        """using AiGuardrails; [Prompt({|AIG8005:"a"|})] [Block(BlockRole.User, "Hello.")] public partial class X { }""",
        $$"""using AiGuardrails; [Prompt("a"{{version}})] [Block(BlockRole.User, "Hello.")] public partial class X { }""",
        test =>
        {
            test.CodeActionEquivalenceKey = key;
            test.FixAllInTwoProjects = true;
            test.Sources.Add("Y.cs", """using AiGuardrails; [Prompt({|AIG8005:"b"|})] [Block(BlockRole.User, "Hello.")] public partial class Y { }""");
            test.FixedSources.Add("Y.cs", $$"""using AiGuardrails; [Prompt("b"{{version}})] [Block(BlockRole.User, "Hello.")] public partial class Y { }""");
            test.AdditionalFiles.Add("notes.txt", "kept");
            test.AdditionalFiles.Add(LockFile, "{ \"version\": 1, \"prompts\": {\r\n \"b\": {\"hash\":\"" + s_bye + "\",\"version\":1}, \"a\": {\"version\":1,\"hash\":\"" + s_bye + "\"} } }");
            test.FixedAdditionalFiles.Add("notes.txt", "kept");
            test.FixedAdditionalFiles.Add(LockFile, LockOf(("a", locked, s_hello), ("b", locked, s_hello)));
        });

    // ----- Help -----

    private static string HashOfName => Hash(static hash =>
    {
        hash.AddText("Hi ");
        hash.AddInput("Name", "string", "Name", 0, "Fail", isTrusted: false);
    });

    private static string HashOf(string text) => Hash(hash => hash.AddText(text));

    private static string Hash(Action<PromptHash> add)
    {
        var hash = new PromptHash();
        hash.AddBlock(BlockRole.User);
        add(hash);
        return hash.ToString();
    }

    private static string LockOf(params (string Id, int Version, string Hash)[] entries) =>
        PromptLock.Of(entries.Select(static entry => new PromptLockEntry(entry.Id, entry.Version, entry.Hash))).ToText();

    private static Task ReportsAsync(string source, string lockFile, string message) => Verify.VerifyAnalyzerAsync(
        "using AiGuardrails; " + source,
        test => test.AdditionalFiles.Add(LockFile, lockFile),
        Verify.Diagnostic("AIG8005").WithLocation(0).WithMessage(message).WithSeverity(DiagnosticSeverity.Warning));

    private static Task IsSilentAsync(string source, string? lockFile) => Verify.VerifyAnalyzerAsync(
        "using AiGuardrails; " + source,
        test =>
        {
            if (lockFile is not null)
            {
                test.AdditionalFiles.Add(LockFile, lockFile);
            }
        });

    private static Task FixesAsync(string key, string source, string lockFile, string fixedSource, string fixedLockFile) => Verify.VerifyCodeFixAsync(
        "using AiGuardrails;\n" + source,
        "using AiGuardrails;\n" + fixedSource,
        test =>
        {
            test.CodeActionEquivalenceKey = key;
            test.AdditionalFiles.Add(LockFile, lockFile);
            test.FixedAdditionalFiles.Add(LockFile, fixedLockFile);
        });
}
