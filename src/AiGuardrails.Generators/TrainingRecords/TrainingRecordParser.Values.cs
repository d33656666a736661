using System.Collections.Immutable;
using AiGuardrails.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AiGuardrails.Generators.TrainingRecords;

/// <content>What a member holds: its type, its tools and its weight.</content>
internal sealed partial class TrainingRecordParser
{
    /// <summary>Looks at the type of a member with its role in mind.</summary>
    /// <returns>Null, or what is wrong: a clause.</returns>
    private Sentence? ParseValue(TrainingMember member)
    {
        const string Simple = "a message is of the type 'string' or a simple value (a number, bool, Guid, date, time, or an enumeration with names), with '?' if it may be left out";
        var type = member.Property.Type;
        var named = member.Roles[0].ConstructorArguments;
        switch (member.Role)
        {
            case TrainingRole.Conversation:
                member.Type = TrainingValueParser.ParseTurns(type);
                member.Value = TrainingValue.Turns;
                return member.Type is null || member.Property.IsStatic
                    ? "a conversation is a list of 'ChatTurn' that each record has for itself, such as 'IReadOnlyList<ChatTurn>'"
                    : ReadTools(member, named.IsEmpty || named[0].Kind != TypedConstantKind.Array || named[0].IsNull ? [] : named[0].Values);
            case TrainingRole.ToolCall:
                member.Value = TrainingValue.Arguments;
                member.Type = member.Property.IsStatic ? null : _values.ParseObject(type, out _);
                return member.Property.IsStatic ? "a call is a value that each record has for itself" : ReadTools(member, []);
            case TrainingRole.ToolResult when _values.Parse(type) is null:
                member.Value = TrainingValue.Arguments;
                Sentence? problem = null;
                member.Type = member.Property.IsStatic ? null : _values.ParseObject(type, out problem);
                return member.Property.IsStatic ? Simple : problem;
        }

        member.Type = _values.Parse(type);
        if (member.Type is not { } value)
        {
            return member.Role == TrainingRole.GraderField ? "a field is a text, a simple value or a list of them" : Simple;
        }

        if (member.Role == TrainingRole.GraderField)
        {
            member.WireName = named.FirstOrDefault() is { Kind: TypedConstantKind.Primitive, Value: string { Length: > 0 } name } ? name : TrainingValueParser.CamelCase(member.Property.Name);
        }

        var isJson = member.Role == TrainingRole.GraderField || (member.Role == TrainingRole.Label && value.IsBoolean);
        member.Value = (value.IsList, isJson && value.IsLiteral) switch
        {
            (true, true) => TrainingValue.Literals,
            (true, false) => TrainingValue.Texts,
            (false, true) => TrainingValue.Literal,
            _ => TrainingValue.Text,
        };

        return !value.IsList ? null
            : member.Property.IsStatic ? Sentence.Of("a list is a value that each record has for itself")
            : member.Role is TrainingRole.GraderField or TrainingRole.Completion || (member.Role == TrainingRole.Label && value.IsBoolean) ? null
            : Sentence.Of(Simple);
    }

    /// <summary>Reads the declarations of the tools that a member calls.</summary>
    private Sentence? ReadTools(TrainingMember member, ImmutableArray<TypedConstant> types)
    {
        var tools = types.Select(static type => type.Value as ITypeSymbol).ToList();
        if (member.Role == TrainingRole.ToolCall)
        {
            tools.Add(member.Property.Type);
        }

        var declarations = new List<string>();
        foreach (var tool in tools)
        {
            if (tool?.GetAttributes().FirstOrDefault(static attribute => IsOurs(attribute.AttributeClass, "ToolAttribute")) is not { ConstructorArguments: [{ Value: string name }, { Value: string description }] })
            {
                return $"'{tool?.Name}' is not marked [Tool], which gives the tool its name and description";
            }

            if (name.Length is 0 or > 64 || !name.All(static c => c is >= 'a' and <= 'z' or >= 'A' and <= 'Z' or >= '0' and <= '9' or '_' or '-'))
            {
                return $"the tool of '{tool.Name}' is called '{name}'; a name has 1 to 64 letters, digits, '_' and '-'";
            }

            if (_values.ParseObject(tool, out var problem) is not { } arguments)
            {
                return problem;
            }

            member.WireName = member.Role == TrainingRole.ToolCall ? name : null;
            declarations.Add($$$"""{"type":"function","function":{"name":{{{TrainingValueParser.Quote(name)}}},"description":{{{TrainingValueParser.Quote(description)}}},"parameters":{{{arguments.JsonSchema}}}}}""");
        }

        member.Tools = declarations.Count == 0 ? null : string.Join(",", declarations.Distinct(StringComparer.Ordinal));
        return null;
    }

    private void ReadWeight(TrainingMember member, string name)
    {
        foreach (var argument in member.Roles[0].NamedArguments)
        {
            if (!string.Equals(argument.Key, "Weight", StringComparison.Ordinal) || argument.Value.Value is not int weight)
            {
                continue;
            }

            member.Weight = weight;
            if (weight is not (0 or 1))
            {
                var syntax = (member.Roles[0].ApplicationSyntaxReference?.GetSyntax(CancellationToken) as AttributeSyntax)?
                    .ArgumentList?.Arguments.FirstOrDefault(static candidate => candidate.NameEquals is { Name.Identifier.ValueText: "Weight" })?.Expression;
                var location = syntax is not null && Compilation.ContainsSyntaxTree(syntax.SyntaxTree) ? syntax.GetLocation() : LocationOf(member.Property);
                Report(location, $"the weight of '{name}' is {weight}; it can be 1 (trained on) or 0 (context only)");
            }
        }
    }
}
