using System.Globalization;
using System.Text;
using AiGuardrails.CompilerServices;
using AiGuardrails.Core.Json;

namespace AiGuardrails.Core.Training.Records;

/// <summary>What is wrong with a line, where, and with which member of the record; -1 where it is none of them.</summary>
internal sealed record ReadError(string Reason, int Offset, int Member = -1);

/// <summary>
/// Reads a line by the plan that it is written by: the fixed text of the plan, parsed, is compared with the line. So what
/// is accepted is exactly what is written, white space and the order of members of objects aside.
/// </summary>
internal sealed class PlanReader
{
    private const string Hole = "\u0001";

    private readonly RecordPlan _plan;
    private readonly Func<int, bool> _canBeLeftOut;
    private readonly Template _line;
    private readonly Template?[] _members;
    private readonly JsonTree _tree = new();
    private readonly List<(int Part, int Node)> _found = [];
    private ReadError? _error;

    /// <summary>Initializes a new instance of the <see cref="PlanReader"/> class.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="canBeLeftOut">Whether a record of this type can lack a member, as things are now.</param>
    public PlanReader(RecordPlan plan, Func<int, bool> canBeLeftOut)
    {
        _plan = plan;
        _canBeLeftOut = canBeLeftOut;
        _line = new Template(LineTemplate(plan));
        _members = new Template?[plan.Members.Length];
        for (var i = 0; i < _members.Length; i++)
        {
            _members[i] = plan.PartOf(i) is { IsList: true, IsFields: false } && plan.Kinds[i] != MessageKind.Conversation
                ? new Template(plan.OpenOf(i) + (plan.IsQuoted(i) ? Hole : Quoted(Hole)) + plan.CloseOf(i))
                : null;
        }

        Values = new object?[_members.Length];
        Offsets = new int[_members.Length];
    }

    /// <summary>Gets the values of the members: texts, lists of texts, or turns; null for what is left out.</summary>
    public object?[] Values { get; }

    /// <summary>Gets where each of them stands.</summary>
    public int[] Offsets { get; }

    /// <summary>Reads a line, without its line end.</summary>
    /// <returns>Null, or what is wrong.</returns>
    public ReadError? Read(ReadOnlySpan<byte> utf8)
    {
        Array.Clear(Values, 0, Values.Length);
        _found.Clear();
        _error = null;
        if (_tree.Parse(utf8) is { } error)
        {
            return new ReadError(error.Reason, error.Offset);
        }

        return MatchLine(utf8) ? Assign(utf8) : _error;
    }

    private static string Quoted(string text) => '"' + text + '"';

    private static string LineTemplate(RecordPlan plan)
    {
        var line = new StringBuilder(plan.Layout.Start);
        for (var i = 0; i < plan.Layout.Parts.Length; i++)
        {
            var part = plan.Layout.Parts[i];
            var hole = Quoted(Hole + i.ToString(CultureInfo.InvariantCulture));
            line.Append(i == 0 ? "" : ",").Append(part.Prefix).Append(part.IsFields ? hole + ":0" : hole).Append(part.Suffix);
            if (part.HoldsTools)
            {
                line.Append(ToolSyntax.Declare(plan.Layout.Tools, plan.Members));
            }

            line.Append(part.Tail);
        }

        return line.Append('}').ToString();
    }

    // ----- The line as a whole -----

    private bool MatchLine(ReadOnlySpan<byte> utf8)
    {
        if (!Match(_line, 0, utf8, 0, "the line"))
        {
            return false;
        }

        // In the order of writing, whatever the order in the file.
        var sorted = _found.OrderBy(static found => found.Part).ToList();
        _found.Clear();
        _found.AddRange(sorted);
        return true;
    }

    private bool Match(Template template, int expected, ReadOnlySpan<byte> utf8, int node, string what)
    {
        var pattern = template.Tree[expected];
        var value = _tree[node];
        if (pattern.Type == JsonTokenType.String && template.HoleAt(expected) is { } hole)
        {
            _found.Add((hole, node));
            return true;
        }

        if (pattern.Type != value.Type && !(IsBoolean(pattern.Type) && IsBoolean(value.Type)))
        {
            return Fail($"{what} is {Describe(value.Type)}, where {Describe(pattern.Type)} is expected", value.Start);
        }

        switch (pattern.Type)
        {
            case JsonTokenType.ObjectStart:
                return MatchObject(template, expected, utf8, node, what);
            case JsonTokenType.ArrayStart:
                return MatchList(template, expected, utf8, node, what);
            case JsonTokenType.String:
                var text = template.Tree.TextOf(template.Utf8, expected);
                return (!value.HasLoneSurrogate && string.Equals(text, _tree.TextOf(utf8, node), StringComparison.Ordinal)) || Fail($"{what} is not '{text}'", value.Start);
            default:
                return IsSame(template.Tree.RawOf(template.Utf8, expected), _tree.RawOf(utf8, node))
                    || Fail($"{what} is not {template.Tree.RawOf(template.Utf8, expected)}", value.Start);
        }
    }

    private bool MatchObject(Template template, int expected, ReadOnlySpan<byte> utf8, int node, string what)
    {
        var fields = -1;
        foreach (var member in template.Tree.ChildrenOf(expected))
        {
            var name = template.Tree[member].Name!;
            if (name.StartsWith(Hole, StringComparison.Ordinal))
            {
                fields = name[1] - '0';
                continue;
            }

            var found = _tree.Find(node, name);
            if (found >= 0)
            {
                if (!Match(template, member, utf8, found, $"'{name}'"))
                {
                    return false;
                }
            }
            else if (!template.HasHole(member))
            {
                return Fail($"{what} has no '{name}'", _tree[node].Start);
            }
        }

        foreach (var member in _tree.ChildrenOf(node))
        {
            if (template.Tree.Find(expected, _tree[member].Name!) >= 0
                || (template == _line && expected == 0 && IsEmpty(member) && _plan.Layout.EmptyMembers.Contains(_tree[member].Name!, StringComparer.Ordinal)))
            {
                continue;
            }

            if (fields < 0)
            {
                return Fail($"{Shown(_tree[member].Name!)} has no place in the record and would be lost", _tree[member].Start);
            }

            _found.Add((fields, member));
        }

        return true;
    }

    private bool IsEmpty(int node) => _tree[node] is var value && value.Type switch
    {
        JsonTokenType.Null => true,
        JsonTokenType.String => value.End - value.Start == 2,
        JsonTokenType.ArrayStart => value.Next == node + 1,
        _ => false,
    };

    private bool MatchList(Template template, int expected, ReadOnlySpan<byte> utf8, int node, string what)
    {
        var patterns = template.Tree.ChildrenOf(expected).ToList();
        var items = _tree.ChildrenOf(node).ToList();
        if (patterns.Count == 1 && template.HoleAt(patterns[0]) is { } list && _plan is { } plan && template == _line && plan.Layout.Parts[list].IsList)
        {
            foreach (var item in items)
            {
                _found.Add((list, item));
            }

            return true;
        }

        if (items.Count != patterns.Count)
        {
            return Fail($"{what} is a list of {items.Count.ToString(CultureInfo.InvariantCulture)}, where {patterns.Count.ToString(CultureInfo.InvariantCulture)} are expected", _tree[node].Start);
        }

        for (var i = 0; i < items.Count; i++)
        {
            if (!Match(template, patterns[i], utf8, items[i], what))
            {
                return false;
            }
        }

        return true;
    }

    // ----- The members -----

    private ReadError? Assign(ReadOnlySpan<byte> utf8)
    {
        var messages = _found.FindAll(found => !_plan.Layout.Parts[found.Part].IsFields);
        var member = 0;
        var number = 0;
        for (var i = 0; i < messages.Count; i++)
        {
            var (part, node) = messages[i];
            number = i > 0 && messages[i - 1].Part == part ? number + 1 : 1;
            var first = member;
            string? mismatch = null;
            while (member < Values.Length && !IsField(member) && !Takes(member, part, node, utf8, ref mismatch))
            {
                if (!_canBeLeftOut(member))
                {
                    return RecordPlan.PartIndexOf(_plan.Layout, _plan.Kinds[member]) < part
                        ? new ReadError("the line has nothing for it", _tree[node].Start, member)
                        : new ReadError($"{Name(part, number)} is not what is expected for it: {mismatch}", _tree[node].Start, member);
                }

                member++;
            }

            if (member == Values.Length || IsField(member))
            {
                return new ReadError($"{Name(part, number)} has no member left that it could go to{(mismatch is null || first == member ? "" : ": " + mismatch)}", _tree[node].Start);
            }

            if (_plan.Kinds[member] == MessageKind.Conversation)
            {
                var rest = CountAfter(messages, i, part) - MembersAfter(member, part);
                if (rest < 1)
                {
                    return new ReadError("the line has no turn for it", _tree[node].Start, member);
                }

                if (ReadTurns(messages, i, rest, member, utf8) is { } error)
                {
                    return error;
                }

                i += rest - 1;
                number += rest - 1;
            }
            else if (ReadValue(member, _hole, utf8) is { } error)
            {
                return error;
            }

            member++;
        }

        return AssignFields(utf8) ?? CheckMissing(utf8);
    }

    private ReadError? AssignFields(ReadOnlySpan<byte> utf8)
    {
        foreach (var (_, node) in _found.Where(found => _plan.Layout.Parts[found.Part].IsFields))
        {
            var name = _tree[node].Name!;
            var member = -1;
            for (var i = 0; i < Values.Length; i++)
            {
                member = IsField(i) && string.Equals(_plan.Members[i].WireName, name, StringComparison.Ordinal) ? i : member;
            }

            if (member < 0)
            {
                return new ReadError($"{Shown(name)} has no place in the record and would be lost", _tree[node].Start);
            }

            if (ReadValue(member, node, utf8) is { } error)
            {
                return error;
            }
        }

        return null;
    }

    private ReadError? CheckMissing(ReadOnlySpan<byte> utf8)
    {
        for (var i = 0; i < Values.Length; i++)
        {
            if (Values[i] is null && !_canBeLeftOut(i))
            {
                return new ReadError("the line has nothing for it", utf8.Length, i);
            }
        }

        return null;
    }

    private bool IsField(int member) => _plan.Kinds[member] == MessageKind.Field;

    private string Name(int part, int number) => _plan.Layout.Parts[part].IsList ? $"message {number.ToString(CultureInfo.InvariantCulture)}" : "a value";

    private static int CountAfter(List<(int Part, int Node)> messages, int first, int part)
    {
        var count = 0;
        for (var i = first; i < messages.Count && messages[i].Part == part; i++)
        {
            count++;
        }

        return count;
    }

    private int MembersAfter(int member, int part)
    {
        var count = 0;
        for (var i = member + 1; i < Values.Length; i++)
        {
            count += RecordPlan.PartIndexOf(_plan.Layout, _plan.Kinds[i]) == part ? 1 : 0;
        }

        return count;
    }

    private int _hole;

    /// <summary>Tells whether a value is one of this member, and finds the value in it.</summary>
    private bool Takes(int member, int part, int node, ReadOnlySpan<byte> utf8, ref string? mismatch)
    {
        _hole = node;
        if (RecordPlan.PartIndexOf(_plan.Layout, _plan.Kinds[member]) != part)
        {
            mismatch ??= "it stands elsewhere";
            return false;
        }

        if (_members[member] is not { } template)
        {
            return true;
        }

        var count = _found.Count;
        _error = null;
        var matches = Match(template, 0, utf8, node, "it");
        if (matches && _found.Count > count)
        {
            _hole = _found[_found.Count - 1].Node;
        }

        mismatch = _error?.Reason ?? mismatch;
        _found.RemoveRange(count, _found.Count - count);
        return matches && _hole != node;
    }

    // ----- Values -----

    private ReadError? ReadValue(int member, int node, ReadOnlySpan<byte> utf8)
    {
        var value = _tree[node];
        Offsets[member] = value.Start;
        var shape = _plan.Members[member];
        switch (shape.Value)
        {
            case TrainingValue.Texts or TrainingValue.Literals:
                return ReadList(member, node, utf8);
            case TrainingValue.Arguments when value.Type == JsonTokenType.ObjectStart && !_plan.IsQuoted(member):
                Values[member] = _tree.RawOf(utf8, node);
                return null;
            case TrainingValue.Literal when !_plan.IsQuoted(member):
                Values[member] = value.Type is JsonTokenType.Number or JsonTokenType.True or JsonTokenType.False ? _tree.RawOf(utf8, node) : null;
                return Values[member] is null ? new ReadError($"it is {Describe(value.Type)}, where a number, true or false is expected", value.Start, member) : null;
        }

        if (value.Type != JsonTokenType.String)
        {
            return new ReadError($"it is {Describe(value.Type)}, where the record holds text", value.Start, member);
        }

        if (value.HasLoneSurrogate)
        {
            return new ReadError("it holds an escaped surrogate without its other half, which is no character", value.Start, member);
        }

        Values[member] = _tree.TextOf(utf8, node);
        return null;
    }

    private ReadError? ReadList(int member, int node, ReadOnlySpan<byte> utf8)
    {
        if (_tree[node].Type != JsonTokenType.ArrayStart)
        {
            return new ReadError($"it is {Describe(_tree[node].Type)}, where a list is expected", _tree[node].Start, member);
        }

        var texts = new List<string>();
        foreach (var item in _tree.ChildrenOf(node))
        {
            var isText = _tree[item].Type == JsonTokenType.String && !_tree[item].HasLoneSurrogate;
            if (_plan.Members[member].Value == TrainingValue.Texts ? !isText : _tree[item].Type is not (JsonTokenType.Number or JsonTokenType.True or JsonTokenType.False))
            {
                return new ReadError($"an item of it is {Describe(_tree[item].Type)}, which the record does not hold", _tree[item].Start, member);
            }

            texts.Add(isText ? _tree.TextOf(utf8, item) : _tree.RawOf(utf8, item));
        }

        Values[member] = texts.ToArray();
        return null;
    }

    private ReadError? ReadTurns(List<(int Part, int Node)> messages, int first, int count, int member, ReadOnlySpan<byte> utf8)
    {
        var turns = new TurnData[count];
        Offsets[member] = _tree[messages[first].Node].Start;
        for (var i = 0; i < count; i++)
        {
            var node = messages[first + i].Node;
            var error = TurnSyntax.Read(_plan.Layout, _plan.PartOf(member), _tree, utf8, node, out turns[i]);
            if (error is not null)
            {
                return new ReadError($"message {(i + 1).ToString(CultureInfo.InvariantCulture)} of it {error}", _tree[node].Start, member);
            }
        }

        Values[member] = turns;
        return null;
    }

    // ----- Words -----

    private bool Fail(string reason, int offset)
    {
        _error = new ReadError(reason, offset);
        return false;
    }

    private static bool IsBoolean(JsonTokenType type) => type is JsonTokenType.True or JsonTokenType.False;

    private static bool IsSame(string one, string other) =>
        string.Equals(one, other, StringComparison.Ordinal)
        || (double.TryParse(one, NumberStyles.Float, CultureInfo.InvariantCulture, out var first)
            && double.TryParse(other, NumberStyles.Float, CultureInfo.InvariantCulture, out var second)
            && first.Equals(second));

    // A name from the file goes into a message: in full, if it is as short as names are.
    private static string Shown(string name) => name.Length > 64 || name.Any(char.IsControl) ? "a long or unreadable name" : $"'{name}'";

    private static string Describe(JsonTokenType type) => type switch
    {
        JsonTokenType.ArrayStart => "a list",
        JsonTokenType.ObjectStart => "an object",
        JsonTokenType.Null => "null",
        JsonTokenType.Number => "a number",
        JsonTokenType.String => "a string",
        _ => "true or false",
    };

    /// <summary>Fixed text with holes, as a tree.</summary>
    private sealed class Template
    {
        public Template(string text)
        {
            // The mark of a hole is no character that JSON allows as it is.
            Utf8 = Json.Utf8.GetBytes(text.Replace(Hole, "\\u0001"));
            if (Tree.Parse(Utf8) is { } error)
            {
                throw new InvalidOperationException($"The layout is not JSON: {error.Reason} in {text}");
            }
        }

        public byte[] Utf8 { get; }

        public JsonTree Tree { get; } = new();

        /// <summary>Gets the number of a hole; null where the string is none.</summary>
        public int? HoleAt(int node)
        {
            if (Tree[node].Type != JsonTokenType.String)
            {
                return null;
            }

            var text = Tree.TextOf(Utf8, node);
            return !text.StartsWith(Hole, StringComparison.Ordinal) ? null
                : text.Length == 1 ? 0
                : text[1] - '0';
        }

        /// <summary>Gets whether there is a hole in a value.</summary>
        public bool HasHole(int node)
        {
            for (var i = node; i < Tree[node].Next; i++)
            {
                if (HoleAt(i) is not null || Tree[i].Name?.StartsWith(Hole, StringComparison.Ordinal) == true)
                {
                    return true;
                }
            }

            return false;
        }
    }
}
