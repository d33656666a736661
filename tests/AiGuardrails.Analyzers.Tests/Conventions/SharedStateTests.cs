using System.Reflection;
using System.Runtime.CompilerServices;
using AiGuardrails.Analyzers.Options;

namespace AiGuardrails.Analyzers.Tests.Conventions;

/// <summary>What is known of a compilation or a body is shared by the rules, which run on several threads.</summary>
public sealed class SharedStateTests
{
    // "x ??= y" writes whether there is a value and the value one after the other: another thread may see the one without the other.
    // What is a reference, Lazy<T> included, is written at once.
    [Fact]
    public void No_object_puts_off_a_value_that_is_not_written_at_once()
    {
        const BindingFlags All = BindingFlags.Instance | BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;
        var types = typeof(AiOptions).Assembly.GetTypes().Where(static type => !type.IsValueType && !type.IsDefined(typeof(CompilerGeneratedAttribute))).ToArray();

        Assert.True(types.Length > 100, "The types of the rules were not found.");
        Assert.Empty(from type in types
                     from field in type.GetFields(All)
                     where !field.IsInitOnly && !field.IsDefined(typeof(CompilerGeneratedAttribute)) && Nullable.GetUnderlyingType(field.FieldType) is not null
                     select $"{type.Name}.{field.Name}");
    }
}
