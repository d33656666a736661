using System.Collections.Immutable;
using System.Globalization;
using AiGuardrails.Core.Prompts;

namespace AiGuardrails.Generators.Prompts;

/// <summary>The rule that a finding belongs to; the number is that of the rule.</summary>
internal enum PromptRule
{
    /// <summary>Placeholders and inputs disagree.</summary>
    Inputs = 8001,

    /// <summary>Something is of no use; the one that does not stand in the way of generation.</summary>
    Unused = 8002,

    /// <summary>Open text where only closed values may stand.</summary>
    OpenInput = 8003,

    /// <summary>Everything else.</summary>
    Invalid = 8008,
}

/// <summary>What a finding is about.</summary>
internal enum PromptPlaceKind
{
    /// <summary>The name of the type.</summary>
    Type,

    /// <summary>The name of a member.</summary>
    Input,

    /// <summary>A span of the text of a block.</summary>
    Block,

    /// <summary>A span of the prompt file.</summary>
    File,

    /// <summary>The argument that names the prompt file.</summary>
    FileArgument,

    /// <summary>The argument that identifies the prompt.</summary>
    Id,

    /// <summary>The argument with its version; the identifier where it has none.</summary>
    Version,

    /// <summary>The argument with its limit in tokens.</summary>
    Limit,
}

/// <summary>Where a finding is: without a location, which no model of a generator may hold.</summary>
internal readonly record struct PromptPlace(PromptPlaceKind Kind, int Index = 0, int Start = 0, int Length = 0);

/// <summary>A finding of the template.</summary>
/// <param name="Rule">Its rule.</param>
/// <param name="Place">Its place.</param>
/// <param name="Message">What is wrong, and the way out.</param>
/// <param name="Name">The name of the placeholder, for a fix.</param>
/// <param name="Nearest">The name that was probably meant, for a fix.</param>
/// <param name="CanAdd">Whether a member of that name may be added.</param>
/// <param name="IsOfFile">Whether the prompt file has it whatever prompt it is for, so that it is told once for the file.</param>
internal sealed record PromptFinding(PromptRule Rule, PromptPlace Place, Sentence Message, string? Name = null, string? Nearest = null, bool CanAdd = false, bool IsOfFile = false);

/// <summary>
/// Puts a declaration and its text together: a model, or findings of which one at least stands in the way. The
/// generator takes the one and the analyzers the others, so that no output always means a diagnostic.
/// </summary>
internal sealed class PromptComposer
{
    private readonly PromptDeclaration _declaration;
    private readonly ImmutableArray<PromptFinding>.Builder _findings = ImmutableArray.CreateBuilder<PromptFinding>();

    private PromptComposer(PromptDeclaration declaration) => _declaration = declaration;

    /// <summary>Composes a prompt.</summary>
    /// <param name="declaration">What the type says.</param>
    /// <param name="files">The prompt files of the build.</param>
    public static (PromptModel? Model, ImmutableArray<PromptFinding> Findings, PromptFileText? File) Compose(PromptDeclaration declaration, ImmutableArray<PromptFileText> files)
    {
        var composer = new PromptComposer(declaration);
        var file = default(PromptFileText);
        var model = declaration.File is null ? composer.FromConstants() : composer.FromFile(files, out file);
        var findings = composer._findings.ToImmutable();
        return (findings.Any(static finding => finding.Rule != PromptRule.Unused) ? null : model, findings, file);
    }

    private PromptModel? FromConstants()
    {
        var blocks = new List<PromptBlock>();
        for (var i = 0; i < _declaration.Blocks.Count; i++)
        {
            var problems = new List<PromptProblem>();
            var text = _declaration.Blocks[i].Text;
            blocks.Add(new PromptBlock(_declaration.Blocks[i].Role, PromptTextParser.Parse(text, problems), 0, text.Length));
            foreach (var problem in problems)
            {
                Report(PromptRule.Invalid, new PromptPlace(PromptPlaceKind.Block, i, problem.Start, problem.Length), problem.Message);
            }
        }

        return Check(blocks, isFile: false, _declaration.Version ?? 1);
    }

    // ----- The file -----

    private PromptModel? FromFile(ImmutableArray<PromptFileText> files, out PromptFileText? file)
    {
        var name = _declaration.File!;
        var candidates = Candidates(files, name);
        file = candidates.Length == 1 ? candidates[0] : null;
        if (file is not { Text: { } text })
        {
            Report(
                PromptRule.Invalid,
                new PromptPlace(PromptPlaceKind.FileArgument),
                candidates.Length > 1 ? Sentence.Of($"{candidates.Length} prompt files end in '{name}'; write more of the path")
                    : file is not null ? Sentence.Of($"the prompt file '{name}' cannot be read; save it in UTF-8")
                    : !name.EndsWith(PromptGrammar.FileExtension, StringComparison.OrdinalIgnoreCase) ? Sentence.Of($"'{name}' is no prompt file, whose names end in '{PromptGrammar.FileExtension}'; rename it")
                    : Sentence.Of($"the prompt file '{name}' is not part of the build; add <AiPrompt Include=\"{name}\" /> to the project"));
            return null;
        }

        var parsed = PromptFile.Parse(text);
        foreach (var problem in parsed.Problems)
        {
            Report(new PromptFinding(PromptRule.Invalid, new PromptPlace(PromptPlaceKind.File, 0, problem.Start, problem.Length), problem.Message, IsOfFile: true));
        }

        if (parsed.EntryOf(PromptFile.IdKey) is { } id && id.Value != _declaration.Id)
        {
            Report(PromptRule.Invalid, PlaceOf(id), $"the file is for the prompt '{id.Value}', and '{_declaration.Name}' is '{_declaration.Id}'; make them agree");
        }

        if (parsed.Blocks.Count == 0 && parsed.Problems.Count == 0)
        {
            Report(PromptRule.Invalid, new PromptPlace(PromptPlaceKind.FileArgument), $"the prompt file '{name}' has no block; begin one with '# system' or '# user'");
        }

        return Check(parsed.Blocks, isFile: true, VersionOf(parsed.EntryOf(PromptFile.VersionKey)));
    }

    private ImmutableArray<PromptFileText> Candidates(ImmutableArray<PromptFileText> files, string name)
    {
        name = Normalized(name);
        while (name.StartsWith("./", StringComparison.Ordinal))
        {
            name = name.Substring(2);
        }

        // Beside the source file first: there the name is meant as it stands.
        var beside = files.Where(file => string.Equals(Normalized(file.Path), _declaration.Folder + name, StringComparison.OrdinalIgnoreCase)).ToImmutableArray();
        return !beside.IsEmpty ? beside : files.Where(file => ("/" + Normalized(file.Path)).EndsWith("/" + name, StringComparison.OrdinalIgnoreCase)).ToImmutableArray();
    }

    private static string Normalized(string path) => path.Replace('\\', '/');

    private int VersionOf(PromptFileEntry? entry)
    {
        if (entry is null)
        {
            return _declaration.Version ?? 1;
        }

        if (!int.TryParse(entry.Value, NumberStyles.None, CultureInfo.InvariantCulture, out var version) || version < 1)
        {
            Report(PromptRule.Invalid, PlaceOf(entry), $"'{PromptGrammar.Shown(entry.Value)}' is no version; write a whole number from 1 on");
        }
        else if (_declaration.Version is { } declared && declared != version)
        {
            Report(PromptRule.Invalid, PlaceOf(entry), $"the file has the version {version}, and '{_declaration.Name}' {declared}; say it in one place");
        }

        return version;
    }

    private static PromptPlace PlaceOf(PromptFileEntry entry) => new(PromptPlaceKind.File, 0, entry.Start, entry.Length);

    // ----- Text and inputs together -----

    private PromptModel? Check(IReadOnlyList<PromptBlock> blocks, bool isFile, int version)
    {
        var placed = new HashSet<int>();
        var messages = ImmutableArray.CreateBuilder<PromptMessageModel>();
        for (var i = 0; i < blocks.Count; i++)
        {
            CheckUse(blocks, i, isFile);
            var parts = ImmutableArray.CreateBuilder<PromptPart>();
            foreach (var segment in blocks[i].Segments)
            {
                if (!segment.IsPlaceholder)
                {
                    parts.Add(new PromptPart(segment.Text, -1));
                }
                else if (Place(segment, blocks[i].Role, Where(isFile, i, segment.Start, segment.Length)) is >= 0 and var input)
                {
                    // A name that is misspelt is one mistake, not two: what was meant counts as placed.
                    placed.Add(input);
                    parts.Add(new PromptPart(null, input));
                }
            }

            messages.Add(new PromptMessageModel(blocks[i].Role, new(parts.ToImmutable())));
        }

        CheckInputs(placed);
        CheckExamples(blocks);
        return new PromptModel(_declaration, version, Hash(messages), new(messages.ToImmutable()));
    }

    private static PromptPlace Where(bool isFile, int block, int start, int length) =>
        isFile ? new PromptPlace(PromptPlaceKind.File, block, start, length) : new PromptPlace(PromptPlaceKind.Block, block, start, length);

    private void CheckUse(IReadOnlyList<PromptBlock> blocks, int index, bool isFile)
    {
        var block = blocks[index];
        var place = Where(isFile, index, block.Start, block.Length);
        var role = PromptGrammar.Roles[(int)block.Role];
        if (block.IsEmpty)
        {
            if (!_findings.Any(static finding => finding.Rule == PromptRule.Invalid))
            {
                Report(PromptRule.Unused, place, $"this {role} block is empty, so that no message comes of it; remove it");
            }
        }
        else if (blocks.Take(index).Any(other => other.Role == block.Role && TextOf(other) == TextOf(block)))
        {
            Report(PromptRule.Unused, place, $"this {role} block says what one above it says; remove one of them");
        }

        static string TextOf(PromptBlock block) => string.Concat(block.Segments.Select(static segment => segment.IsPlaceholder ? $"{{{segment.Text}}}" : segment.Text));
    }

    /// <summary>Finds the input of a placeholder, or the one that was probably meant; -1 for none.</summary>
    private int Place(PromptSegment segment, BlockRole role, PromptPlace place)
    {
        var inputs = _declaration.Inputs;
        var index = -1;
        for (var i = 0; i < inputs.Count; i++)
        {
            index = inputs[i].Name == segment.Text ? i : index;
        }

        if (index < 0)
        {
            var nearest = NearestName.Of(segment.Text, inputs.Where(static input => input.Kind != PromptInputKind.Unsupported).Select(static input => input.Name));
            Report(new PromptFinding(
                PromptRule.Inputs,
                place,
                $"'{_declaration.Name}' has no input '{PromptGrammar.Shown(segment.Text)}'; {(nearest is null ? Sentence.Of("add it, or remove the placeholder") : Sentence.Of($"did you mean '{nearest}'"))}",
                segment.Text,
                nearest,
                CanAdd: role == BlockRole.User));
            return nearest is null ? -1 : inputs.ToList().FindIndex(input => input.Name == nearest);
        }

        var input = inputs[index];
        if (input.Kind == PromptInputKind.Unsupported)
        {
            Report(PromptRule.Invalid, place, $"'{input.Name}' is of the type '{input.TypeName}', which cannot be placed; use text, a closed value, or a list of them");
        }
        else if (input.Kind is PromptInputKind.Open or PromptInputKind.OpenList && role != BlockRole.User && !input.IsTrusted)
        {
            Report(
                PromptRule.OpenInput,
                place,
                role == BlockRole.Assistant
                    ? Sentence.Of($"'{input.Name}' is open text ('{input.TypeName}') in an assistant block, where the model takes it for its own words; place it in a user block, or say with [Slot(TrustedBecause = \"…\")] why nobody else can write it")
                    : Sentence.Of($"'{input.Name}' is open text ('{input.TypeName}') in a {PromptGrammar.Roles[(int)role]} block, where the model takes it for an order; place it in a user block, or say with [Slot(TrustedBecause = \"…\")] why nobody else can write it"));
        }

        return index;
    }

    private void CheckInputs(HashSet<int> placed)
    {
        for (var i = 0; i < _declaration.Inputs.Count; i++)
        {
            var input = _declaration.Inputs[i];
            if (placed.Contains(i) || !input.IsInput)
            {
                continue;
            }

            Report(
                input.IsRequired ? PromptRule.Inputs : PromptRule.Unused,
                new PromptPlace(PromptPlaceKind.Input, i),
                input.IsRequired
                    ? Sentence.Of($"'{input.Name}' must be given and no block places it; write '{{{input.Name}}}' where it belongs, or remove it")
                    : Sentence.Of($"no block places '{input.Name}'; write '{{{input.Name}}}' where it belongs, or remove it"));
        }
    }

    // The examples stand before the first turn of the user, and each has the same turn: from there on the user alone speaks.
    private void CheckExamples(IReadOnlyList<PromptBlock> blocks)
    {
        if (_declaration.Examples is null)
        {
            return;
        }

        var first = 0;
        while (first < blocks.Count && blocks[first].Role is BlockRole.System or BlockRole.Developer)
        {
            first++;
        }

        if (first == blocks.Count || blocks.Skip(first).Any(static block => block.Role != BlockRole.User))
        {
            Report(PromptRule.Invalid, new PromptPlace(PromptPlaceKind.Type), $"'{_declaration.Name}' has examples, which need a turn of the user to be examples of; put its user blocks, and no others, after the instructions");
        }
    }

    // ----- The hash: of what the model gets to read, whatever the order of members and the ends of lines -----

    private string Hash(IEnumerable<PromptMessageModel> messages)
    {
        var hash = new PromptHash();
        foreach (var message in messages)
        {
            hash.AddBlock(message.Role);
            foreach (var part in message.Parts)
            {
                if (part.Text is { } literal)
                {
                    hash.AddText(literal);
                }
                else if (_declaration.Inputs[part.Input] is var input)
                {
                    hash.AddInput(input.Name, input.TypeName, input.Label, input.MaxTokens, input.Overflow, input.IsTrusted);
                }
            }
        }

        if (_declaration.Answer is { } answer)
        {
            hash.AddSchema(answer.Schema);
        }

        return hash.ToString();
    }

    private void Report(PromptRule rule, PromptPlace place, Sentence message) => Report(new PromptFinding(rule, place, message));

    private void Report(PromptFinding finding) => _findings.Add(finding);
}
