using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using AiGuardrails.Analyzers.Sdks;
using AiGuardrails.Core.Json;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Microsoft.CodeAnalysis.Text;

namespace AiGuardrails.Analyzers.Flow.Values;

/// <summary>A constant number of a request: where it stands, and the expression that gives it, where it is one of the code.</summary>
internal readonly record struct JsonNumber(decimal Value, Location Place, SyntaxNode? Expression);

/// <summary>
/// A value of a JSON request that is in view: an object of the code that is made into one (anonymous, a dictionary, a type of the
/// team), or a text that is one.
/// </summary>
internal abstract class VisibleJson
{
    // Deep enough for "method.supervised.hyperparameters", and for a body behind a text behind some content.
    private const int MaxDepth = 8;

    // Contents of one request that are looked at, over all the ways that it may take.
    private const int MaxSteps = 64;

    /// <summary>Gets the source that a reader would change to change the value.</summary>
    public abstract SyntaxNode Syntax { get; }

    /// <summary>Gets the expression that gives the value, where it is one of the code.</summary>
    public virtual IOperation? Operation => null;

    /// <summary>Gets the object of the code, where the value is one.</summary>
    public virtual VisibleObject? Object => null;

    /// <summary>The bodies that the content of a request may be, of those that are in view.</summary>
    public static IReadOnlyList<VisibleJson> Of(IOperation? content, AiContext ai, CancellationToken cancellationToken)
    {
        var found = new List<VisibleJson>();
        var steps = MaxSteps;
        if (content is not null)
        {
            Collect(content, ai, found, depth: 0, ref steps, cancellationToken);
        }

        return found;
    }

    /// <summary>Whether the value is an object that may have that member, with another value than <c>null</c>.</summary>
    public abstract bool MayHave(string member);

    /// <summary>The values that a member of the object may have, of those that are in view.</summary>
    public abstract IReadOnlyList<VisibleJson> Member(string member);

    /// <summary>The constant numbers that the value may be, and where each stands.</summary>
    public abstract IEnumerable<JsonNumber> Numbers(CancellationToken cancellationToken);

    /// <summary>The texts that the value may be, and where each stands.</summary>
    public abstract IEnumerable<PartialText> Texts(CancellationToken cancellationToken);

    private static void Collect(IOperation content, AiContext ai, List<VisibleJson> found, int depth, ref int steps, CancellationToken cancellationToken)
    {
        if (depth > MaxDepth || --steps < 0)
        {
            return;
        }

        foreach (var source in ValueSources.Of(content, cancellationToken))
        {
            if (PassedOn(source.Value) is { } inner)
            {
                Collect(inner, ai, found, depth + 1, ref steps, cancellationToken);
            }
            else if (IsText(source.Value))
            {
                found.AddRange(PartialTexts.Of(source.Value, cancellationToken).Select(JsonText.Parse).OfType<VisibleJson>());
            }
        }

        foreach (var made in VisibleObject.Of(content, ai, cancellationToken) ?? [])
        {
            if (!made.IsNull && PassedOn(made.Creation) is null)
            {
                found.Add(new JsonObject(made, ai, cancellationToken));
            }
        }
    }

    private static IOperation? PassedOn(IOperation value) => value switch
    {
        IInvocationOperation call when RawHttp.PassesJsonOn(call.TargetMethod) => First(call.Arguments),
        IInvocationOperation { Instance: { } instance } call when RawHttp.GivesJsonOf(call.TargetMethod) => instance,
        IObjectCreationOperation { Constructor: { } constructor } creation when RawHttp.PassesJsonOn(constructor) => First(creation.Arguments),
        _ => null,
    };

    // By the parameter: named arguments come in any order.
    private static IOperation? First(ImmutableArray<IArgumentOperation> arguments) =>
        arguments.FirstOrDefault(static argument => argument.Parameter?.Ordinal == 0)?.Value;

    private static bool IsText(IOperation value) => value.Type?.SpecialType == SpecialType.System_String || value is IUtf8StringOperation;

    /// <summary>An object of the code.</summary>
    private sealed class JsonObject(VisibleObject made, AiContext ai, CancellationToken token) : VisibleJson
    {
        public override SyntaxNode Syntax => made.Creation.Syntax;

        public override VisibleObject? Object => made;

        public override bool MayHave(string member) => NamesOf(member).Any(made.HasValue);

        public override IReadOnlyList<VisibleJson> Member(string member) =>
            [.. NamesOf(member).SelectMany(made.ValuesOf).Select(value => new JsonExpression(value, ai, token))];

        public override IEnumerable<JsonNumber> Numbers(CancellationToken cancellationToken) => [];

        public override IEnumerable<PartialText> Texts(CancellationToken cancellationToken) => [];

        /// <summary>The names that a member may have in code: its own, that without underscores, that of a property that says so.</summary>
        private IEnumerable<string> NamesOf(string member)
        {
            yield return member;
            if (member.IndexOf('_') >= 0)
            {
                yield return member.Replace("_", "");
            }

            for (var type = made.Creation.Type; type is not null; type = type.BaseType)
            {
                foreach (var property in type.GetMembers().OfType<IPropertySymbol>())
                {
                    if (property.GetAttributes().Any(attribute =>
                            attribute is { AttributeClass.Name: "JsonPropertyNameAttribute" or "JsonPropertyAttribute", ConstructorArguments: [{ Value: string name }, ..] } && name == member))
                    {
                        yield return property.Name;
                    }
                }
            }
        }
    }

    /// <summary>A value of a member, given by an expression.</summary>
    private sealed class JsonExpression(IOperation value, AiContext ai, CancellationToken token) : VisibleJson
    {
        private IReadOnlyList<VisibleJson>? _objects;

        public override SyntaxNode Syntax => value.Syntax;

        public override IOperation? Operation => value;

        private IReadOnlyList<VisibleJson> Objects =>
            _objects ??= [.. (VisibleObject.Of(value, ai, token) ?? []).Where(static made => !made.IsNull).Select(made => new JsonObject(made, ai, token))];

        public override bool MayHave(string member) => Objects.Count == 0 || Objects.Any(made => made.MayHave(member));

        public override IReadOnlyList<VisibleJson> Member(string member) => [.. Objects.SelectMany(made => made.Member(member))];

        public override IEnumerable<JsonNumber> Numbers(CancellationToken cancellationToken) =>
            ConstantNumbers.Of(value, cancellationToken).Select(static number => new JsonNumber(number.Value, number.Syntax.GetLocation(), number.Syntax));

        public override IEnumerable<PartialText> Texts(CancellationToken cancellationToken) => PartialTexts.Of(value, cancellationToken);
    }

    /// <summary>A JSON text, or a part of one.</summary>
    private sealed class JsonText : VisibleJson
    {
        private const char HoleInJson = '\uE001';

        private static readonly TimeSpan s_timeout = TimeSpan.FromMilliseconds(200);

        private readonly Dictionary<string, JsonText> _members = new(StringComparer.Ordinal);
        private readonly string _path;
        private JsonTokenType _kind;
        private string _value = "";

        private JsonText(SyntaxNode syntax, string path)
        {
            Syntax = syntax;
            _path = path;
        }

        public override SyntaxNode Syntax { get; }

        public static JsonText? Parse(PartialText text)
        {
            var reader = new JsonUtf8Reader(Encoding.UTF8.GetBytes(WithoutHoles(text.Text)));
            if (!reader.Read() || reader.TokenType != JsonTokenType.ObjectStart)
            {
                return null;
            }

            var root = new JsonText(text.Syntax, "");
            root.Read(ref reader);
            return reader.Error.Kind == JsonErrorKind.None ? root : null;
        }

        public override bool MayHave(string member) => _members.TryGetValue(member, out var value) && value._kind != JsonTokenType.Null;

        public override IReadOnlyList<VisibleJson> Member(string member) => _members.TryGetValue(member, out var value) ? [value] : [];

        public override IEnumerable<JsonNumber> Numbers(CancellationToken cancellationToken)
        {
            if (_kind == JsonTokenType.Number && decimal.TryParse(_value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number))
            {
                yield return new JsonNumber(number, PlaceOf(_value), Expression: null);
            }
        }

        public override IEnumerable<PartialText> Texts(CancellationToken cancellationToken)
        {
            if (_kind == JsonTokenType.String && _value.IndexOf('\\') < 0)
            {
                yield return new PartialText(_value.Replace(HoleInJson, PartialTexts.Hole), Syntax);
            }
        }

        private void Read(ref JsonUtf8Reader reader)
        {
            _kind = reader.TokenType;
            switch (_kind)
            {
                case JsonTokenType.ObjectStart:
                    while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
                    {
                        var name = TextOf(reader.Value);
                        var member = new JsonText(Syntax, name);
                        _members[name] = member;
                        if (!reader.Read())
                        {
                            return;
                        }

                        member.Read(ref reader);
                    }

                    return;

                case JsonTokenType.ArrayStart:
                    while (reader.Read() && reader.TokenType != JsonTokenType.ArrayEnd)
                    {
                        new JsonText(Syntax, "").Read(ref reader);
                    }

                    return;

                default:
                    _value = TextOf(reader.Value);
                    return;
            }
        }

        /// <summary>The value in the source, where it can only be one place; else the whole text.</summary>
        private Location PlaceOf(string value)
        {
            try
            {
                // The quotation marks of the name may be escaped, doubled or plain.
                var matches = Regex.Matches(
                    Syntax.ToString(), Regex.Escape(_path) + "[\\\\\"]+\\s*:\\s*(" + Regex.Escape(value) + ")(?![0-9.eE])", RegexOptions.CultureInvariant, s_timeout);
                if (matches.Count == 1)
                {
                    var group = matches[0].Groups[1];
                    return Location.Create(Syntax.SyntaxTree, new TextSpan(Syntax.SpanStart + group.Index, group.Length));
                }
            }
            catch (RegexMatchTimeoutException)
            {
            }

            return Syntax.GetLocation();
        }

        /// <summary>A text that can be read as JSON: a hole inside a string stays a part of it, one outside is made a string.</summary>
        private static string WithoutHoles(string text)
        {
            if (text.IndexOf(PartialTexts.Hole) < 0)
            {
                return text;
            }

            var json = new StringBuilder();
            var inString = false;
            for (var i = 0; i < text.Length; i++)
            {
                var c = text[i];
                if (inString && c == '\\' && i + 1 < text.Length)
                {
                    json.Append(c).Append(text[++i]);
                    continue;
                }

                inString ^= c == '"';
                json.Append(c != PartialTexts.Hole ? c.ToString() : inString ? HoleInJson.ToString() : "\"" + HoleInJson + "\"");
            }

            return json.ToString();
        }

        private static string TextOf(ReadOnlySpan<byte> utf8) => Encoding.UTF8.GetString(utf8.ToArray());
    }
}
