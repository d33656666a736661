using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace AiGuardrails.Testing.Generation;

/// <summary>
/// Walks all that a value reaches, looking for what belongs to the compiler: symbols, nodes, tokens, trees, locations,
/// compilations, semantic models, attribute data, operations. Positions and enumerations are plain values and may be held.
/// </summary>
internal static class CompilerObjects
{
    private static readonly HashSet<Type> s_plainValues =
        [typeof(TextSpan), typeof(LinePosition), typeof(LinePositionSpan), typeof(FileLinePositionSpan)];

    /// <summary>The path to the first of the compiler's objects, or null where there is none.</summary>
    public static string? FindIn(object? value)
    {
        var seen = new HashSet<object>(ReferenceEqualityComparer.Instance);
        var pending = new Stack<(object? Value, string Path)>([(value, value?.GetType().Name ?? "null")]);

        while (pending.TryPop(out var next))
        {
            if (next.Value is not { } current || IsLeaf(current.GetType()) || (!current.GetType().IsValueType && !seen.Add(current)))
            {
                continue;
            }

            var type = current.GetType();
            if (!type.IsArray && type.Namespace?.StartsWith("Microsoft.CodeAnalysis", StringComparison.Ordinal) == true)
            {
                return $"{next.Path} (a {type.FullName})";
            }

            foreach (var (name, held) in HeldBy(current, type))
            {
                pending.Push((held, $"{next.Path}.{name}"));
            }
        }

        return null;
    }

    private static bool IsLeaf(Type type) =>
        type.IsPrimitive || type.IsEnum || type.IsPointer || type == typeof(string) || s_plainValues.Contains(type) || typeof(MemberInfo).IsAssignableFrom(type);

    private static IEnumerable<(string Name, object? Value)> HeldBy(object owner, Type type)
    {
        if (owner is Array array)
        {
            var i = 0;
            foreach (var element in array)
            {
                yield return ($"[{i++}]", element);
            }

            yield break;
        }

        for (Type? declaring = type; declaring is not null; declaring = declaring.BaseType)
        {
            foreach (var field in declaring.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly))
            {
                if (!field.FieldType.IsPointer && !field.FieldType.IsFunctionPointer)
                {
                    yield return (NameOf(field), field.GetValue(owner));
                }
            }
        }
    }

    // The field of a property is called <Name>k__BackingField.
    private static string NameOf(FieldInfo field) => field.Name.StartsWith('<') ? field.Name[1..field.Name.IndexOf('>', StringComparison.Ordinal)] : field.Name;
}
