using System.Globalization;
using AiGuardrails.Core.Prompts;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AiGuardrails.Generators.Prompts;

/// <content>The inputs of a prompt: its properties, and what their slots say.</content>
internal sealed partial class PromptParser
{
    private List<IPropertySymbol> FindProperties()
    {
        var properties = new List<IPropertySymbol>();
        for (var type = Type; type is { SpecialType: SpecialType.None, TypeKind: not TypeKind.Error }; type = type.BaseType)
        {
            CancellationToken.ThrowIfCancellationRequested();
            foreach (var property in type.GetMembers().OfType<IPropertySymbol>())
            {
                var isInput = property is { IsStatic: false, IsIndexer: false, GetMethod: not null, Name.Length: > 0 }
                    && property.ExplicitInterfaceImplementations.IsEmpty
                    && !(property.IsImplicitlyDeclared && property.Name == "EqualityContract")
                    && !IsGenerated(property)
                    && Compilation.IsSymbolAccessibleWithin(property.GetMethod!, Type);
                if (isInput && !properties.Exists(known => known.Name == property.Name))
                {
                    properties.Add(property);
                }
                else if (!isInput && SlotOf(property) is not null)
                {
                    Report(LocationOf(property), $"'{property.Name}' cannot be an input; put [Slot] on an instance property that can be read");
                }
            }
        }

        return properties;
    }

    private static AttributeData? SlotOf(IPropertySymbol property) =>
        property.GetAttributes().FirstOrDefault(static attribute => IsOurs(attribute.AttributeClass, "SlotAttribute"));

    private PromptInput ToInput(IPropertySymbol property)
    {
        var kind = property.RefKind == RefKind.None ? KindOf(property.Type) : PromptInputKind.Unsupported;
        var isParameter = IsRequiredParameter(property);
        var (label, maxTokens, overflow, isTrusted) = ReadSlot(property, kind);
        return new PromptInput(
            property.Name,
            Identifier(property.Name),
            property.Type.ToDisplayString(ShortName),
            kind,
            IsOptional: property.Type.NullableAnnotation == NullableAnnotation.Annotated,
            CanBeNull: property.Type.IsReferenceType,
            IsRequired: property.IsRequired || isParameter,
            IsInput: isParameter || property.IsRequired || property.SetMethod is { DeclaredAccessibility: not Accessibility.Private and not Accessibility.Protected },
            label,
            maxTokens,
            overflow,
            isTrusted);
    }

    // A positional record: who makes one gives it.
    private bool IsRequiredParameter(IPropertySymbol property) =>
        property.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax(CancellationToken) is ParameterSyntax { Default: null };

    private (string Label, int MaxTokens, string Overflow, bool IsTrusted) ReadSlot(IPropertySymbol property, PromptInputKind kind)
    {
        var label = property.Name;
        var (maxTokens, overflow, isTrusted) = (0, 0, false);
        if (SlotOf(property) is not { } slot)
        {
            return (label, maxTokens, nameof(Overflow.Fail), isTrusted);
        }

        foreach (var argument in slot.NamedArguments)
        {
            var at = LocationOfArgument(slot, argument.Key) ?? LocationOf(property);
            switch (argument.Key, argument.Value.Kind == TypedConstantKind.Array ? null : argument.Value.Value)
            {
                case ("Label", string text) when IsLabel(text):
                    label = text;
                    break;
                case ("Label", var text):
                    Report(at, $"'{PromptGrammar.Shown(text as string ?? "")}' is no label; write up to 40 letters, digits, blanks, '-' and '_'");
                    break;
                case ("MaxTokens", int number):
                    maxTokens = number;
                    if (number < 0)
                    {
                        Report(at, $"'MaxTokens' is {number.ToString(CultureInfo.InvariantCulture)}; it is at least 0, which is no limit");
                    }

                    break;
                case ("Overflow", int value):
                    overflow = value;
                    CheckOverflow(at, property.Name, value, kind);
                    break;
                case ("TrustedBecause", string reason) when !string.IsNullOrWhiteSpace(reason):
                    isTrusted = true;
                    break;
                case ("TrustedBecause", _):
                    Report(at, $"'TrustedBecause' gives no reason; write why nobody else can write '{property.Name}', or remove it");
                    break;
            }
        }

        if (kind is PromptInputKind.Closed or PromptInputKind.ClosedList && slot.NamedArguments.Length > 0)
        {
            Report(slot.ApplicationSyntaxReference?.GetSyntax(CancellationToken).GetLocation() ?? LocationOf(property), $"'{property.Name}' is of the closed type '{property.Type.ToDisplayString(ShortName)}', which has no limit, label or fence; remove [Slot]");
        }

        return (label, maxTokens, overflow is >= 0 and <= (int)Overflow.DropLast ? ((Overflow)overflow).ToString() : nameof(Overflow.Fail), isTrusted);
    }

    private void CheckOverflow(Location at, string name, int value, PromptInputKind kind)
    {
        if (value is < 0 or > (int)Overflow.DropLast)
        {
            Report(at, $"{value.ToString(CultureInfo.InvariantCulture)} is no way to deal with text that is too long; use a member of Overflow");
        }
        else if (kind == PromptInputKind.Open && value == (int)Overflow.DropLast)
        {
            Report(at, $"'{name}' is one text and has no last item to drop; use Overflow.KeepStart or Overflow.KeepEnd");
        }
        else if (kind == PromptInputKind.OpenList && value is (int)Overflow.KeepStart or (int)Overflow.KeepEnd)
        {
            Report(at, $"'{name}' is a list, of which whole items are left out; use Overflow.DropLast");
        }
    }

    private static bool IsLabel(string text) =>
        text.Length is > 0 and <= 40 && text.Trim().Length == text.Length && text.All(static c => char.IsLetterOrDigit(c) || c is ' ' or '-' or '_');

    private static PromptInputKind KindOf(ITypeSymbol type)
    {
        if (type.SpecialType is SpecialType.System_String or SpecialType.System_Object or SpecialType.System_Char || type.TypeKind == TypeKind.Dynamic || IsOurs(type as INamedTypeSymbol, "Passage"))
        {
            return PromptInputKind.Open;
        }

        if (IsClosed(type is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T, TypeArguments: [var value] } ? value : type))
        {
            return PromptInputKind.Closed;
        }

        return ElementOf(type) switch
        {
            { SpecialType: SpecialType.System_String or SpecialType.System_Object } => PromptInputKind.OpenList,
            INamedTypeSymbol element when IsOurs(element, "Passage") => PromptInputKind.OpenList,
            { } element when IsClosed(element) => PromptInputKind.ClosedList,
            _ => PromptInputKind.Unsupported,
        };
    }

    internal static ITypeSymbol? ElementOf(ITypeSymbol type)
    {
        if (type is IArrayTypeSymbol { Rank: 1 } array)
        {
            return array.ElementType;
        }

        var elements = type.AllInterfaces.Concat(type is INamedTypeSymbol { TypeKind: TypeKind.Interface } own ? [own] : [])
            .Where(static candidate => candidate.OriginalDefinition.SpecialType == SpecialType.System_Collections_Generic_IEnumerable_T)
            .Select(static candidate => candidate.TypeArguments[0])
            .ToList();
        return elements.Count == 1 ? elements[0] : null;
    }

    internal static bool IsClosed(ITypeSymbol type) => type switch
    {
        { TypeKind: TypeKind.Enum } => true,
        {
            SpecialType: SpecialType.System_Boolean or SpecialType.System_SByte or SpecialType.System_Byte or SpecialType.System_Int16 or SpecialType.System_UInt16
            or SpecialType.System_Int32 or SpecialType.System_UInt32 or SpecialType.System_Int64 or SpecialType.System_UInt64
            or SpecialType.System_Single or SpecialType.System_Double or SpecialType.System_Decimal or SpecialType.System_DateTime
        } => true,
        INamedTypeSymbol { Name: "Guid" or "DateOnly" or "TimeOnly" or "DateTimeOffset" or "TimeSpan", ContainingType: null, ContainingNamespace: { Name: "System", ContainingNamespace.IsGlobalNamespace: true } } => true,
        _ => false,
    };


    // The run-time library has the enumeration, and neither generator nor analyzers reference it.
    private enum Overflow
    {
        Fail,
        KeepStart,
        KeepEnd,
        DropLast,
    }
}
