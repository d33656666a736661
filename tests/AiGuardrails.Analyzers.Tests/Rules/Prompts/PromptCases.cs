namespace AiGuardrails.Tests.Prompts;

/// <summary>A declaration in markup, and what the rules say at the places <c>#0</c>, <c>#1</c> and so on; nothing for a valid one.</summary>
public sealed record PromptCase(string Name, string Source, params (string Rule, int Place, string Message)[] Problems)
{
    public override string ToString() => Name;
}

/// <summary>
/// Declarations of prompts. The tests of the rules check what is said of them, and the tests of the generator that code is
/// generated exactly where no error is said.
/// </summary>
internal static class PromptCases
{
    private const string Invalid = "AIG8008";
    private const string Inputs = "AIG8001";
    private const string Unused = "AIG8002";
    private const string Open = "AIG8003";
    private const string User = """[Block(BlockRole.User, "Hello")]""";

    public static IReadOnlyList<PromptCase> Wrong { get; } =
    [
        // ----- The type -----
        new("not partial",
            $$"""[Prompt("p")] {{User}} public class {|#0:X|} { }""",
            (Invalid, 0, "'X' is not partial; add 'partial' so that the code that renders it can be added to it")),
        new("container not partial",
            $$"""public class {|#0:Outer|} { [Prompt("p")] {{User}} public partial class X { } }""",
            (Invalid, 0, "'Outer', around the prompt 'X', is not partial; add 'partial'")),
        new("container generic",
            $$"""public partial class {|#0:Outer|}<T> { [Prompt("p")] {{User}} public partial class X { } }""",
            (Invalid, 0, "'Outer', around the prompt 'X', is generic; move 'X' out of it")),
        new("generic",
            $$"""[Prompt("p")] {{User}} public partial class {|#0:X|}<T> { }""",
            (Invalid, 0, "'X' is generic; declare a prompt without type parameters for each use")),
        new("static",
            $$"""[Prompt("p")] {{User}} public static partial class {|#0:X|} { }""",
            (Invalid, 0, "'X' is static, and a prompt has inputs of its own each time; remove 'static'")),
        new("file-local",
            $$"""[Prompt("p")] {{User}} file partial class {|#0:X|} { }""",
            (Invalid, 0, "'X' is file-local, where generated code cannot reach it; remove 'file'")),
        new("derived from a prompt",
            $$"""[Prompt("b")] {{User}} public partial class B { } [Prompt("p")] {{User}} public partial class {|#0:X|} : B { }""",
            (Invalid, 0, "'X' is derived from the prompt 'B', whose generated members it would hide; derive both from a type with the inputs that they share")),
        new("a member of a generated name",
            $$"""[Prompt("p")] {{User}} public partial class X { public string {|#0:Render|}() => ""; }""",
            (Invalid, 0, "'Render' is the name of a member that is generated for the prompt 'X'; rename it")),
        new("a base member of a generated name",
            $$"""public class B { public const string {|#0:PromptId|} = ""; } [Prompt("p")] {{User}} public partial class X : B { }""",
            (Invalid, 0, "'PromptId' is the name of a member that is generated for the prompt 'X'; rename it")),
        new("a type of a generated name",
            $$"""[Prompt("p")] {{User}} public partial class {|#0:Render|} { }""",
            (Invalid, 0, "'Render' is the name of a member that is generated, and no type can have a member of its own name; rename the type")),

        // ----- Its attribute -----
        new("no identifier",
            $$"""[Prompt({|#0:" "|})] {{User}} public partial class X { }""",
            (Invalid, 0, "the prompt 'X' has no identifier that can be read; write one such as \"support/triage\"")),
        new("no argument, as on a property of a training record",
            $$"""[Prompt] {{User}} public partial class {|#0:X|} { }""",
            (Invalid, 0, "the prompt 'X' has no identifier that can be read; write one such as \"support/triage\"")),
        new("version zero",
            $$"""[Prompt("p", Version = {|#0:0|})] {{User}} public partial class X { }""",
            (Invalid, 0, "'Version' is 0; it is at least 1")),
        new("negative limits",
            $$"""[Prompt("p", MaxPromptTokens = {|#0:-1|}, MaxOutputTokens = {|#1:-2|})] {{User}} public partial class X { }""",
            (Invalid, 0, "'MaxPromptTokens' is -1; it is at least 0"),
            (Invalid, 1, "'MaxOutputTokens' is -2; it is at least 0")),
        new("no text",
            """[Prompt("p")] public partial class {|#0:X|} { }""",
            (Invalid, 0, "the prompt 'X' has no text; add [Block(BlockRole.User, \"…\")], or name a prompt file with File")),
        new("blocks and a file",
            $$"""[Prompt("p", File = {|#0:"x.prompt.md"|})] {{User}} public partial class X { }""",
            (Invalid, 0, "'X' has blocks and a prompt file; keep one of them"),
            (Invalid, 0, "the prompt file 'x.prompt.md' is not part of the build; add <AiPrompt Include=\"x.prompt.md\" /> to the project")),
        new("a file without a name",
            """[Prompt("p", File = {|#0:""|})] public partial class X { }""",
            (Invalid, 0, "'File' names no file; write the path of a prompt file, or remove it")),
        new("a file that is none",
            """[Prompt("p", File = {|#0:"x.txt"|})] public partial class X { }""",
            (Invalid, 0, "'x.txt' is no prompt file, whose names end in '.prompt.md'; rename it")),

        // ----- Its blocks -----
        new("a role that is none",
            """[Prompt("p")] [Block({|#0:(BlockRole)7|}, "Hello")] public partial class X { }""",
            (Invalid, 0, "7 is no role; use a member of BlockRole")),
        new("a block without text",
            """[Prompt("p")] [Block(BlockRole.User, {|#0:null!|})] public partial class X { }""",
            (Invalid, 0, "this block has no text; write a constant")),
        new("blocks on two parts",
            $$"""[Prompt("p")] {{User}} public partial class X { } [{|#0:Block(BlockRole.User, "Bye")|}] partial class X { }""",
            (Invalid, 0, "this block stands on another part of 'X' than the first, so that their order is open; put all blocks on one part")),
        new("an unterminated placeholder",
            """[Prompt("p")] [Block(BlockRole.User, "Hello {|#0:{Name|} you")] public partial class X { public string? Name => null; }""",
            (Invalid, 0, "the placeholder '{Name' is not closed; add '}', or write '{{' for a brace that is text")),
        new("JSON in the text",
            """"[Prompt("p")] [Block(BlockRole.User, """Answer {|#0:{ "a": 1 }|} or {|#1:}|}""")] public partial class X { }"""",
            (Invalid, 0, "'{ \"a\": 1 }' is no placeholder, which is a name of letters, digits and '_' alone; write '{{' and '}}' for braces that are text"),
            (Invalid, 1, "this '}' closes no placeholder; write '}}' for a brace that is text")),
        new("half a character",
            """[Prompt("p")] [Block(BlockRole.User, "a{|#0:\uD83D|}b")] public partial class X { }""",
            (Invalid, 0, "U+D83D is one half of a character; write the other half beside it")),

        // ----- Its inputs -----
        new("an unknown placeholder",
            """[Prompt("p")] [Block(BlockRole.User, "Hello {{|#0:Nmae|}}, {{|#1:Other|}}")] public partial class X { public string Name => ""; }""",
            (Inputs, 0, "'X' has no input 'Nmae'; did you mean 'Name'"),
            (Inputs, 1, "'X' has no input 'Other'; add it, or remove the placeholder")),
        new("a placeholder in another case",
            """[Prompt("p")] [Block(BlockRole.User, "Hello {{|#0:name|}}")] public partial class X { public string Name => ""; }""",
            (Inputs, 0, "'X' has no input 'name'; did you mean 'Name'")),
        new("a placeholder in a verbatim literal",
            """"[Prompt("p")] [Block(BlockRole.User, @"a ""b"" {{|#0:Nmae|}}")] public partial class X { public string Name => ""; }"""",
            (Inputs, 0, "'X' has no input 'Nmae'; did you mean 'Name'")),
        new("a placeholder behind escapes",
            """[Prompt("p")] [Block(BlockRole.User, "\t\"\u0041\x41\U0001F600\\ {{|#0:Nmae|}}\n")] public partial class X { public string Name => ""; }""",
            (Inputs, 0, "'X' has no input 'Nmae'; did you mean 'Name'")),
        new("a placeholder in a raw literal", """"
            [Prompt("p")]
            [Block(BlockRole.User, """
                One line.

                  {{|#0:Nmae|}}
                """)]
            public partial class X { public string Name => ""; }
            """",
            (Inputs, 0, "'X' has no input 'Nmae'; did you mean 'Name'")),
        new("a placeholder in a sum of literals",
            """[Prompt("p")] [Block(BlockRole.User, ("Hello " + "dear ") + @"x {{|#0:Nmae|}}")] public partial class X { public string Name => ""; }""",
            (Inputs, 0, "'X' has no input 'Nmae'; did you mean 'Name'")),
        new("a placeholder in a constant from elsewhere",
            """public static class T { public const string Text = "Hello {Nmae}"; } [Prompt("p")] [Block(BlockRole.User, {|#0:T.Text|})] public partial class X { public string Name => ""; }""",
            (Inputs, 0, "'X' has no input 'Nmae'; did you mean 'Name'")),
        new("a placeholder in a constant of the prompt",
            """"[Prompt("p")] [Block(BlockRole.User, Text)] public partial class X { private const string Text = """Hello {{|#0:Nmae|}}"""; public string Name => ""; }"""",
            (Inputs, 0, "'X' has no input 'Nmae'; did you mean 'Name'")),
        new("a parameter of a primary constructor",
            """[Prompt("p")] [Block(BlockRole.System, "{{|#0:Name|}}")] public partial class X(string name) { public string Name { get; } = name; }""",
            (Open, 0, "'Name' is open text ('string') in a system block, where the model takes it for an order; place it in a user block, or say with [Slot(TrustedBecause = \"…\")] why nobody else can write it")),
        new("named arguments in another order",
            """[Prompt("p")] [Block(text: "Hello {{|#0:Nmae|}}", role: BlockRole.User)] public partial class X { public string Name => ""; }""",
            (Inputs, 0, "'X' has no input 'Nmae'; did you mean 'Name'")),
        new("a required input that is not placed",
            $$"""[Prompt("p")] {{User}} public partial class X { public required string {|#0:Name|} { get; init; } public string? {|#1:Note|} { get; init; } }""",
            (Inputs, 0, "'Name' must be given and no block places it; write '{Name}' where it belongs, or remove it"),
            (Unused, 1, "no block places 'Note'; write '{Note}' where it belongs, or remove it")),
        new("a positional input that is not placed",
            $$"""[Prompt("p")] {{User}} public partial record X(int {|#0:Count|}, int {|#1:Most|} = 3);""",
            (Inputs, 0, "'Count' must be given and no block places it; write '{Count}' where it belongs, or remove it"),
            (Unused, 1, "no block places 'Most'; write '{Most}' where it belongs, or remove it")),
        new("a type that cannot be placed",
            """[Prompt("p")] [Block(BlockRole.User, "{{|#0:A|}} {{|#1:B|}} {{|#2:C|}}")] public partial class X { public System.Uri A { get; set; } = null!; public System.Collections.Generic.Dictionary<string, string> B { get; set; } = new(); public System.Action? C { get; set; } }""",
            (Invalid, 0, "'A' is of the type 'Uri', which cannot be placed; use text, a closed value, or a list of them"),
            (Invalid, 1, "'B' is of the type 'Dictionary<string, string>', which cannot be placed; use text, a closed value, or a list of them"),
            (Invalid, 2, "'C' is of the type 'Action?', which cannot be placed; use text, a closed value, or a list of them")),

        // ----- Open text -----
        new("open text in instructions",
            """[Prompt("p")] [Block(BlockRole.System, "For {{|#0:Name|}}")] [Block(BlockRole.Developer, "{{|#1:Items|}}")] [Block(BlockRole.Assistant, "{{|#2:Any|}}")] public partial class X { public string Name => ""; public System.Collections.Generic.List<string> Items => new(); public object? Any => null; }""",
            (Open, 0, "'Name' is open text ('string') in a system block, where the model takes it for an order; place it in a user block, or say with [Slot(TrustedBecause = \"…\")] why nobody else can write it"),
            (Open, 1, "'Items' is open text ('List<string>') in a developer block, where the model takes it for an order; place it in a user block, or say with [Slot(TrustedBecause = \"…\")] why nobody else can write it"),
            (Open, 2, "'Any' is open text ('object?') in an assistant block, where the model takes it for its own words; place it in a user block, or say with [Slot(TrustedBecause = \"…\")] why nobody else can write it")),
        new("passages in instructions",
            """[Prompt("p")] [Block(BlockRole.System, "{{|#0:Found|}}")] public partial class X { public Passage[] Found => []; }""",
            (Open, 0, "'Found' is open text ('Passage[]') in a system block, where the model takes it for an order; place it in a user block, or say with [Slot(TrustedBecause = \"…\")] why nobody else can write it")),

        // ----- Slots -----
        new("a reason that is none",
            """[Prompt("p")] [Block(BlockRole.User, "{Name}")] public partial class X { [Slot(TrustedBecause = {|#0:""|})] public string Name => ""; }""",
            (Invalid, 0, "'TrustedBecause' gives no reason; write why nobody else can write 'Name', or remove it")),
        new("a label that is none",
            """[Prompt("p")] [Block(BlockRole.User, "{Name}")] public partial class X { [Slot(Label = {|#0:"a]b"|})] public string Name => ""; }""",
            (Invalid, 0, "'a]b' is no label; write up to 40 letters, digits, blanks, '-' and '_'")),
        new("a negative limit",
            """[Prompt("p")] [Block(BlockRole.User, "{Name}")] public partial class X { [Slot(MaxTokens = {|#0:-1|})] public string Name => ""; }""",
            (Invalid, 0, "'MaxTokens' is -1; it is at least 0, which is no limit")),
        new("an overflow that does not fit",
            """[Prompt("p")] [Block(BlockRole.User, "{A}{B}{C}")] public partial class X { [Slot(Overflow = {|#0:Overflow.DropLast|})] public string A => ""; [Slot(Overflow = {|#1:Overflow.KeepEnd|})] public string[] B => []; [Slot(Overflow = {|#2:(Overflow)9|})] public string C => ""; }""",
            (Invalid, 0, "'A' is one text and has no last item to drop; use Overflow.KeepStart or Overflow.KeepEnd"),
            (Invalid, 1, "'B' is a list, of which whole items are left out; use Overflow.DropLast"),
            (Invalid, 2, "9 is no way to deal with text that is too long; use a member of Overflow")),
        new("a slot for a closed value",
            """[Prompt("p")] [Block(BlockRole.User, "{Count}")] public partial class X { [{|#0:Slot(MaxTokens = 3)|}] public int Count => 1; }""",
            (Invalid, 0, "'Count' is of the closed type 'int', which has no limit, label or fence; remove [Slot]")),
        new("a slot on a static property",
            $$"""[Prompt("p")] {{User}} public partial class X { [Slot(MaxTokens = 3)] public static string {|#0:Name|} => ""; }""",
            (Invalid, 0, "'Name' cannot be an input; put [Slot] on an instance property that can be read")),

        // ----- Answer and examples -----
        new("an answer that is no object",
            $$"""[Prompt("p", Output = {|#0:typeof(string)|})] {{User}} public partial class X { }""",
            (Invalid, 0, "'string' is no object, which providers want an answer to be; put it into a record")),
        new("an answer without a schema",
            $$"""public record A(System.Action Do); [Prompt("p", Output = {|#0:typeof(A)|})] {{User}} public partial class X { }""",
            (Invalid, 0, "'Action' has no JSON schema; use records of text, numbers, enumerations, dates and lists of them")),
        new("an answer that contains itself",
            $$"""public record A(int N, A? Next); [Prompt("p", Output = {|#0:typeof(A)|})] {{User}} public partial class X { }""",
            (Invalid, 0, "'A' contains itself, and a schema has an end and one shape; use a record without it")),
        new("an answer that cannot be made",
            $$"""public class A { public A(int other) { } public string Text { get; set; } = ""; } [Prompt("p", Output = {|#0:typeof(A)|})] {{User}} public partial class X { }""",
            (Invalid, 0, "'A' cannot be made of an answer; add a constructor whose parameters are named like its properties, or one without parameters")),
        new("an empty answer",
            $$"""public class A { } [Prompt("p", Output = {|#0:typeof(A)|})] {{User}} public partial class X { }""",
            (Invalid, 0, "'A' has no property that an answer could set; add one")),
        new("examples without an answer",
            $$"""[Prompt("p")] {{User}} public partial class X { [Examples] private static System.Collections.Generic.IEnumerable<Shot<X, string>> {|#0:Shots|}() => []; }""",
            (Invalid, 0, "the examples of 'X' need answers of a type; set Output on [Prompt]")),
        new("examples of another type",
            $$"""public record A(int N); [Prompt("p", Output = typeof(A))] {{User}} public partial class X { [Examples] private static System.Collections.Generic.IEnumerable<Shot<X, string>> {|#0:Shots|}() => []; [Examples] private static int {|#1:More|}() => 1; }""",
            (Invalid, 0, "'Shots' cannot give examples; make it a static method without parameters that returns IEnumerable<Shot<X, A>>"),
            (Invalid, 1, "'Shots' returns the examples already; put all of them there")),
        new("examples without a turn of the user",
            """public record A(int N); [Prompt("p", Output = typeof(A))] [Block(BlockRole.System, "Hello")] public partial class {|#0:X|} { [Examples] private static System.Collections.Generic.IEnumerable<Shot<X, A>> Shots() => []; }""",
            (Invalid, 0, "'X' has examples, which need a turn of the user to be examples of; put its user blocks, and no others, after the instructions")),
    ];

    public static IReadOnlyList<PromptCase> Doubtful { get; } =
    [
        new("an unused input",
            $$"""[Prompt("p")] {{User}} public partial class X { public string {|#0:Name|} { get; set; } = ""; }""",
            (Unused, 0, "no block places 'Name'; write '{Name}' where it belongs, or remove it")),
        new("an empty block",
            $$"""[Prompt("p")] {{User}} [Block(BlockRole.System, "{|#0:  |}")] [Block(BlockRole.Assistant, {|#1:""|})] public partial class X { }""",
            (Unused, 0, "this system block is empty, so that no message comes of it; remove it"),
            (Unused, 1, "this assistant block is empty, so that no message comes of it; remove it")),
        new("a block twice",
            """[Prompt("p")] [Block(BlockRole.User, "Hello {Name}")] [Block(BlockRole.User, "{|#0:Hello {Name}|}")] public partial class X { public string Name => ""; }""",
            (Unused, 0, "this user block says what one above it says; remove one of them")),
    ];

    public static IReadOnlyList<PromptCase> Right { get; } =
    [
        new("the smallest", $$"""[Prompt("p")] {{User}} partial class X;"""),
        new("every closed type", """
            public enum E { A }
            [Prompt("p")]
            [Block(BlockRole.System, "{A}{B}{C}{D}{F}{G}{H}{I}{J}{K}{L}{M}")]
            public partial record X(E A, E? B, int C, long? D, bool F, double G, decimal H, System.Guid I, System.DateOnly J, System.TimeSpan K, E[] L, System.Collections.Generic.IReadOnlyList<int>? M);
            """),
        new("every open type", """
            [Prompt("p")]
            [Block(BlockRole.User, "{A}{B}{C}{D}{E}{F}{G}")]
            public partial record X(string A, string? B, object C, Passage D, string[] E, System.Collections.Immutable.ImmutableArray<Passage> F, System.Collections.Generic.IEnumerable<string?>? G);
            """),
        new("trusted text", """[Prompt("p")] [Block(BlockRole.System, "{A}{B}")] public partial class X { [Slot(TrustedBecause = "from our settings")] public string A { get; set; } = ""; [Slot(TrustedBecause = "from our settings", MaxTokens = 20, Overflow = Overflow.DropLast)] public string[] B { get; set; } = []; }"""),
        new("computed members need no place", $$"""[Prompt("p")] {{User}} public partial record X { public string Shown => ""; public static int Count { get; set; } public string this[int i] => ""; private string Own { get; set; } = ""; }"""),
        new("nested and named by keywords", """namespace A.@class { public partial struct Outer { internal partial interface I { [Prompt("p")] [Block(BlockRole.User, "{event}{Größe}")] private partial class @event2 { public string @event { get; set; } = ""; public int Größe { get; set; } } } } }"""),
        new("inputs of a base type", """public abstract record B { public required string Name { get; init; } protected string? Note { get; init; } } [Prompt("p")] [Block(BlockRole.User, "{Name}{Note}")] public sealed partial record X : B;"""),
        new("obsolete inputs", """[Prompt("p")] [Block(BlockRole.User, "{A}")] public partial class X { [System.Obsolete("old")] public string A { get; set; } = ""; }"""),
        new("all the answers", """
            public enum E { A, B }
            public record struct Point(int X, double Y);
            public class Part { public required string Name { get; init; } public Point? At { get; set; } public System.Collections.Generic.List<E?>? Kinds { get; set; } }
            internal record Answer(string Text, Part[] Parts, System.DateTimeOffset When, float? Share, byte Small) { public bool IsSure { get; set; } }
            [Prompt("p", Output = typeof(Answer))] [Block(BlockRole.User, "{A}")] public partial class X
            {
                public string A { get; set; } = "";
                [Examples] private static System.Collections.Generic.List<Shot<X, Answer>> Shots() => new();
            }
            """),
        new("an answer of the prompt's own", """[Prompt("p", Output = typeof(Answer))] [Block(BlockRole.User, "x")] public partial class X { private sealed record Answer(int N); }"""),
        new("the attribute by its full name", """[global::AiGuardrails.PromptAttribute(id: "p")] [BlockAttribute(BlockRole.User, "x" + "{A}")] public partial class X { public int A { get; } }"""),
        new("a constant from elsewhere", """public static class T { public const string Text = "Hello {Name}"; } [Prompt("p")] [Block(BlockRole.User, T.Text)] public partial class X { public string Name => ""; }"""),
        new("an attribute of that name", """namespace Mine { using System; public class PromptAttribute : Attribute { } [Mine.Prompt] public class X { public string {Name} => ""; } }""".Replace("{Name}", "Name", StringComparison.Ordinal)),
    ];
}
