using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace AiGuardrails.Generators.Prompts;

/// <summary>What an input is to a prompt.</summary>
internal enum PromptInputKind
{
    /// <summary>Nothing that can be placed.</summary>
    Unsupported,

    /// <summary>A value that cannot hold text of others.</summary>
    Closed,

    /// <summary>A sequence of closed values.</summary>
    ClosedList,

    /// <summary>Text, or what is converted to it.</summary>
    Open,

    /// <summary>A sequence of texts or passages.</summary>
    OpenList,
}

/// <summary>A member that a placeholder can name.</summary>
/// <param name="Name">Its name, as a placeholder writes it.</param>
/// <param name="Identifier">Its name, as code writes it.</param>
/// <param name="TypeName">Its type, for messages and for the hash.</param>
/// <param name="Kind">What it is.</param>
/// <param name="IsOptional">Whether it may be null.</param>
/// <param name="CanBeNull">Whether its type has a null at all.</param>
/// <param name="IsRequired">Whether every prompt must be given it.</param>
/// <param name="IsInput">Whether somebody gives it at all, unlike a member that is computed.</param>
/// <param name="Label">The word on its fence.</param>
/// <param name="MaxTokens">Its limit; 0 for none.</param>
/// <param name="Overflow">The name of what happens beyond it.</param>
/// <param name="IsTrusted">Whether the author vouches for it.</param>
internal sealed record PromptInput(
    string Name,
    string Identifier,
    string TypeName,
    PromptInputKind Kind,
    bool IsOptional,
    bool CanBeNull,
    bool IsRequired,
    bool IsInput,
    string Label,
    int MaxTokens,
    string Overflow,
    bool IsTrusted);

/// <summary>A block as the attribute has it.</summary>
internal sealed record PromptBlockText(BlockRole Role, string Text);

/// <summary>What a type marked [Prompt] says, before its text is looked at: values only.</summary>
/// <param name="HintName">The name of the generated file.</param>
/// <param name="Namespace">The namespace, ready to be written; null for the global one.</param>
/// <param name="Declarations">The heads of the partial declarations, from the outermost type to the prompt.</param>
/// <param name="FullName">The prompt, with <c>global::</c>.</param>
/// <param name="Name">The prompt, for messages.</param>
/// <param name="HelperName">The name of the nested class that is generated.</param>
/// <param name="Id">What the prompt is called.</param>
/// <param name="Version">Its version; null where the attribute does not say it.</param>
/// <param name="File">The prompt file; null where the text stands in constants.</param>
/// <param name="Folder">The folder of the source file, with slashes, to find the prompt file from.</param>
/// <param name="MaxPromptTokens">The limit of the prompt; 0 for none.</param>
/// <param name="MaxOutputTokens">The cap on the answer; 0 for none.</param>
/// <param name="Blocks">The constants.</param>
/// <param name="Inputs">The members.</param>
/// <param name="Answer">The type of the answer; null where the prompt has none.</param>
/// <param name="Examples">The method that returns the examples, as code writes it; null where there is none.</param>
internal sealed record PromptDeclaration(
    string HintName,
    string? Namespace,
    EquatableArray<string> Declarations,
    string FullName,
    string Name,
    string HelperName,
    string Id,
    int? Version,
    string? File,
    string Folder,
    int MaxPromptTokens,
    int MaxOutputTokens,
    EquatableArray<PromptBlockText> Blocks,
    EquatableArray<PromptInput> Inputs,
    AnswerContract? Answer,
    string? Examples);

/// <summary>All that the emitter may know of a prompt.</summary>
/// <param name="Declaration">What the type says.</param>
/// <param name="Version">The version.</param>
/// <param name="Hash">The hash of the text and of the inputs: 16 digits.</param>
/// <param name="Blocks">The messages.</param>
internal sealed record PromptModel(PromptDeclaration Declaration, int Version, string Hash, EquatableArray<PromptMessageModel> Blocks);

/// <summary>A message: who says it, and of what it consists.</summary>
internal sealed record PromptMessageModel(BlockRole Role, EquatableArray<PromptPart> Parts);

/// <summary>Fixed text, or the index of an input.</summary>
internal sealed record PromptPart(string? Text, int Input);

/// <summary>A prompt file, as the generator gets it.</summary>
/// <param name="Path">Its path.</param>
/// <param name="Text">Its text; null where it cannot be read.</param>
internal sealed record PromptFileText(string Path, string? Text)
{
    /// <summary>Reads a file. One in UTF-16 or UTF-32 counts as unreadable, though the compiler could: reviews, hashes and other tools go by UTF-8.</summary>
    public static PromptFileText Of(AdditionalText file, CancellationToken cancellationToken) =>
        new(file.Path, file.GetText(cancellationToken) is { } text && !IsWide(text) ? text.ToString() : null);

    /// <summary>Whether each character of the file has two bytes or four.</summary>
    public static bool IsWide(SourceText text) => text.Encoding?.CodePage is 1200 or 1201 or 12000 or 12001;
}

/// <summary>How a value of an answer is read and written.</summary>
internal enum AnswerKind
{
    Text,
    Truth,
    Integer,
    Double,
    Single,
    Decimal,
    Parsed,
    Enumeration,
    List,
    Object,
}

/// <summary>A type of an answer.</summary>
/// <param name="Kind">How it is read.</param>
/// <param name="TypeName">The type, as code writes it, without a question mark.</param>
/// <param name="IsValueType">Whether it has no null of its own.</param>
/// <param name="IsNullable">Whether null is a value.</param>
/// <param name="Names">The members of an enumeration: as JSON and as code have them.</param>
/// <param name="Element">The index of the type of the items.</param>
/// <param name="IsArray">Whether a list is an array.</param>
/// <param name="Fields">The members of an object.</param>
internal sealed record AnswerType(
    AnswerKind Kind,
    string TypeName,
    bool IsValueType,
    bool IsNullable,
    EquatableArray<AnswerName> Names,
    int Element,
    bool IsArray,
    EquatableArray<AnswerField> Fields);

/// <summary>A member of an enumeration.</summary>
internal sealed record AnswerName(string Json, string Identifier);

/// <summary>A member of an object.</summary>
/// <param name="Json">Its name in JSON.</param>
/// <param name="Identifier">Its name, as code writes it.</param>
/// <param name="Type">The index of its type.</param>
/// <param name="Parameter">The parameter of the constructor that takes it, as code writes it; null where an initializer sets it.</param>
internal sealed record AnswerField(string Json, string Identifier, int Type, string? Parameter);

/// <summary>The answer of a prompt: its types, the answer itself the last of them, and the schema.</summary>
/// <param name="Types">The types.</param>
/// <param name="Schema">The schema.</param>
/// <param name="SchemaName">What providers are told that it is called.</param>
/// <param name="Accessibility">Who can see the answer, and so the method that reads it.</param>
internal sealed record AnswerContract(EquatableArray<AnswerType> Types, string Schema, string SchemaName, string Accessibility)
{
    public AnswerType Root => Types[Types.Count - 1];
}
