using System.Globalization;
using System.Text;
using AiGuardrails.CompilerServices;
using AiGuardrails.Core.Json;

namespace AiGuardrails.Core.Training.Records;

/// <summary>The JSON schema of the lines that a plan writes, for those who read them elsewhere.</summary>
/// <remarks>
/// It is read off a line itself: one with every member, in which a mark stands for each value. So it says what is written, and cannot say
/// anything else.
/// </remarks>
internal sealed class RecordJsonSchema
{
    // A private-use character, which no layout has.
    private const char Mark = '\uE000';

    private readonly RecordPlan _plan;
    private readonly Func<int, string?> _staticText;
    private readonly byte[] _line;
    private readonly JsonTree _tree = new();
    private readonly StringBuilder _json = new();

    private RecordJsonSchema(RecordPlan plan, Func<int, string?> staticText)
    {
        _plan = plan;
        _staticText = staticText;
        _line = LineOf(plan);
        _ = _tree.Parse(_line);
    }

    /// <summary>Makes the schema.</summary>
    /// <param name="plan">How records are written to the target.</param>
    /// <param name="title">What the schema is called.</param>
    /// <param name="staticText">The text of a member that is the same in every record; null for other members.</param>
    public static string Of(RecordPlan plan, string title, Func<int, string?> staticText) => new RecordJsonSchema(plan, staticText).Build(title);

    private static byte[] LineOf(RecordPlan plan)
    {
        var line = new StringBuilder();
        for (var member = 0; member <= plan.Members.Length; member++)
        {
            line.Append(Utf8.GetString(plan.Between(member - 1, member)));
            if (member < plan.Members.Length)
            {
                var quote = plan.IsQuoted(member) ? "" : "\"";
                line.Append(quote).Append(Mark).Append(member.ToString(CultureInfo.InvariantCulture)).Append(quote);
            }
        }

        return Utf8.GetBytes(line.ToString());
    }

    private string Build(string title)
    {
        _json.Append("""{"$schema":"https://json-schema.org/draft/2020-12/schema","title":""").Append(RecordPlan.Quote(title)).Append(',');
        Content(0, isOptional: false);
        return _json.Append('}').ToString();
    }

    private void Value(int node, bool isOptional)
    {
        _json.Append('{');
        Content(node, isOptional);
        _json.Append('}');
    }

    /// <summary>What stands between the braces of the schema of a value.</summary>
    /// <param name="node">The value.</param>
    /// <param name="isOptional">Whether something around it is left out where its members are null: in it, nothing is.</param>
    private void Content(int node, bool isOptional)
    {
        if (MemberOf(node) is >= 0 and var member)
        {
            Member(member);
        }
        else if (_tree[node].Type == JsonTokenType.ObjectStart)
        {
            Object(node, isOptional);
        }
        else if (_tree[node].Type == JsonTokenType.ArrayStart && HasMember(node))
        {
            Array(node, isOptional);
        }
        else
        {
            _json.Append("\"const\":").Append(_tree.RawOf(_line, node));
        }
    }

    private void Object(int node, bool isOptional)
    {
        if (!HasMember(node))
        {
            _json.Append("\"const\":").Append(_tree.RawOf(_line, node));
            return;
        }

        var required = new List<string>();
        _json.Append("\"type\":\"object\",\"properties\":{");
        foreach (var child in _tree.ChildrenOf(node))
        {
            var name = RecordPlan.Quote(_tree[child].Name!);
            var canLack = !isOptional && CanLack(child);
            if (!canLack)
            {
                required.Add(name);
            }

            _json.Append(_json[_json.Length - 1] == '{' ? "" : ",").Append(name).Append(':');
            Value(child, isOptional || canLack);
        }

        _json.Append("},\"required\":[").Append(string.Join(",", required)).Append("],\"additionalProperties\":false");
    }

    private void Array(int node, bool isOptional)
    {
        var items = _tree.ChildrenOf(node).ToList();
        var fixedItems = items.Count(child => !IsTurns(child) && (isOptional || !CanLack(child)));
        _json.Append("\"type\":\"array\",");
        if (fixedItems == items.Count)
        {
            _json.Append("\"prefixItems\":[");
            Items(items, isOptional);
            _json.Append(FormattableString.Invariant($"],\"items\":false,\"minItems\":{items.Count}"));
            return;
        }

        _json.Append("\"items\":{\"anyOf\":[");
        Items(items, isOptional: true);
        _json.Append(FormattableString.Invariant($"]}},\"minItems\":{fixedItems}"));
        if (!items.Exists(IsTurns))
        {
            _json.Append(FormattableString.Invariant($",\"maxItems\":{items.Count}"));
        }
    }

    private void Items(List<int> items, bool isOptional)
    {
        foreach (var item in items)
        {
            _json.Append(_json[_json.Length - 1] == '[' ? "" : ",");
            Value(item, isOptional);
        }
    }

    private void Member(int member)
    {
        var shape = _plan.Members[member];
        if (_plan.Kinds[member] == MessageKind.Conversation)
        {
            // A turn is a message of any role.
            _json.Append("\"type\":\"object\"");
        }
        else if (_plan.Kinds[member] == MessageKind.ToolCall && !_plan.IsQuoted(member))
        {
            _json.Append("\"type\":\"object\"");
        }
        else if (_plan.IsQuoted(member))
        {
            _json.Append(_staticText(member) is { } text ? "\"const\":" + RecordPlan.Quote(text) : "\"type\":\"string\"");
        }
        else
        {
            _json.Append(shape.Value switch
            {
                TrainingValue.Texts => "\"type\":\"array\",\"items\":{\"type\":\"string\"}",
                TrainingValue.Literals => "\"type\":\"array\",\"items\":{\"type\":[\"number\",\"boolean\"]}",
                _ => "\"type\":[\"number\",\"boolean\"]",
            });
        }

        _json.Append(",\"description\":").Append(RecordPlan.Quote(shape.Name));
    }

    /// <summary>The member that a value stands for; -1 where it is no mark.</summary>
    private int MemberOf(int node) =>
        _tree[node].Type == JsonTokenType.String && _tree.TextOf(_line, node) is [Mark, ..] and var mark
            ? IndexOf(mark)
            : -1;

    private static int IndexOf(string mark)
    {
        var index = 0;
        for (var i = 1; i < mark.Length; i++)
        {
            index = (index * 10) + mark[i] - '0';
        }

        return index;
    }

    private bool IsTurns(int node) => MemberOf(node) is >= 0 and var member && _plan.Kinds[member] == MessageKind.Conversation;

    private bool HasMember(int node) => MemberOf(node) >= 0 || _tree.ChildrenOf(node).Any(HasMember);

    /// <summary>Whether a value is left out where its members are null: all that it holds of a record is optional.</summary>
    private bool CanLack(int node) =>
        MemberOf(node) is >= 0 and var member
            ? _plan.Members[member].IsOptional && _plan.Kinds[member] != MessageKind.Conversation
            : HasMember(node) && _tree.ChildrenOf(node).Where(HasMember).All(CanLack);
}
