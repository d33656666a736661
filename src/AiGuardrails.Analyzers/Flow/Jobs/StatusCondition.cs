using System.Collections.Immutable;
using AiGuardrails.Analyzers.Sdks;
using Microsoft.CodeAnalysis;

namespace AiGuardrails.Analyzers.Flow.Jobs;

/// <summary>A Boolean expression, as far as it is about the status of jobs.</summary>
/// <param name="Operation">The operation or pattern in the code.</param>
internal abstract record StatusCondition(IOperation Operation)
{
    /// <summary>What it yields while the status at that path is in that state; null where that is not known.</summary>
    public abstract bool? Evaluate(StablePath path, StatusState state);

    /// <summary>The parts that ask a status.</summary>
    public virtual IEnumerable<StatusCondition> Leaves => Children.SelectMany(static child => child.Leaves);

    public virtual ImmutableArray<StatusCondition> Children => [];

    /// <summary>The read behind a part that asks a status.</summary>
    public virtual StatusRead? Status => null;

    /// <summary>How many parts ask the status at that path.</summary>
    public int CountOf(StablePath path) => Leaves.Count(leaf => path.Equals(leaf.Status?.Path));

    /// <summary>The same condition with one part of it put in the place of another.</summary>
    public abstract StatusCondition Replace(StatusCondition part, StatusCondition replacement);

    /// <summary>Something that says nothing of a status.</summary>
    public sealed record Open(IOperation Operation) : StatusCondition(Operation)
    {
        public override bool? Evaluate(StablePath path, StatusState state) => null;

        public override StatusCondition Replace(StatusCondition part, StatusCondition replacement) => ReferenceEquals(this, part) ? replacement : this;
    }

    public sealed record Fixed(IOperation Operation, bool Value) : StatusCondition(Operation)
    {
        public override bool? Evaluate(StablePath path, StatusState state) => Value;

        public override StatusCondition Replace(StatusCondition part, StatusCondition replacement) => ReferenceEquals(this, part) ? replacement : this;
    }

    public sealed record Compared(StatusComparison Comparison) : StatusCondition(Comparison.Operation)
    {
        public override StatusRead Status => Comparison.Status;

        public override IEnumerable<StatusCondition> Leaves => [this];

        public override bool? Evaluate(StablePath path, StatusState state)
        {
            if (!path.Equals(Comparison.Status.Path) || !Comparison.IsComplete)
            {
                return null;
            }

            bool? result = false;
            foreach (var constant in Comparison.Constants)
            {
                result = Either(result, state.Equals(Comparison.Status, constant));
            }

            return Comparison.IsNegated ? !result : result;
        }

        public override StatusCondition Replace(StatusCondition part, StatusCondition replacement) => ReferenceEquals(this, part) ? replacement : this;
    }

    /// <summary>A predicate of the SDK, such as <c>InProgress</c>.</summary>
    public sealed record Asked(IOperation Operation, StatusRead Read, StatePredicate Predicate) : StatusCondition(Operation)
    {
        public override StatusRead Status => Read;

        public override IEnumerable<StatusCondition> Leaves => [this];

        // What it answers for a state that is not listed is the affair of the SDK.
        public override bool? Evaluate(StablePath path, StatusState state) =>
            path.Equals(Read.Path) && state.Listed is { } listed ? Predicate.TrueFor.Contains(listed.Kind) : null;

        public override StatusCondition Replace(StatusCondition part, StatusCondition replacement) => ReferenceEquals(this, part) ? replacement : this;
    }

    /// <summary>What a helper of the project answers: one thing to whoever reads the call.</summary>
    public sealed record Helped(IOperation Operation, StatusCondition Answer) : StatusCondition(Operation)
    {
        public override IEnumerable<StatusCondition> Leaves => Answer.Leaves;

        public override bool? Evaluate(StablePath path, StatusState state) => Answer.Evaluate(path, state);

        public override StatusCondition Replace(StatusCondition part, StatusCondition replacement) => ReferenceEquals(this, part) ? replacement : this;
    }

    public sealed record Opposite(IOperation Operation, StatusCondition Operand) : StatusCondition(Operation)
    {
        public override ImmutableArray<StatusCondition> Children => [Operand];

        public override bool? Evaluate(StablePath path, StatusState state) => !Operand.Evaluate(path, state);

        public override StatusCondition Replace(StatusCondition part, StatusCondition replacement) =>
            ReferenceEquals(this, part) ? replacement : this with { Operand = Operand.Replace(part, replacement) };
    }

    /// <summary>Operands joined by one operator: all of them must hold, or one of them.</summary>
    public sealed record Chain(IOperation Operation, bool IsAll, ImmutableArray<StatusCondition> Operands) : StatusCondition(Operation)
    {
        public override ImmutableArray<StatusCondition> Children => Operands;

        public override bool? Evaluate(StablePath path, StatusState state) => Evaluate(Operands, path, state);

        public bool? Evaluate(IEnumerable<StatusCondition> operands, StablePath path, StatusState state)
        {
            bool? result = IsAll;
            foreach (var operand in operands)
            {
                var value = operand.Evaluate(path, state);
                result = IsAll ? !Either(!result, !value) : Either(result, value);
            }

            return result;
        }

        public override StatusCondition Replace(StatusCondition part, StatusCondition replacement) =>
            ReferenceEquals(this, part) ? replacement : this with { Operands = [.. Operands.Select(operand => operand.Replace(part, replacement))] };
    }

    public sealed record Choice(IOperation Operation, StatusCondition Test, StatusCondition WhenTrue, StatusCondition WhenFalse) : StatusCondition(Operation)
    {
        public override ImmutableArray<StatusCondition> Children => [Test, WhenTrue, WhenFalse];

        public override bool? Evaluate(StablePath path, StatusState state)
        {
            var whenTrue = WhenTrue.Evaluate(path, state);
            var whenFalse = WhenFalse.Evaluate(path, state);

            return Test.Evaluate(path, state) switch
            {
                true => whenTrue,
                false => whenFalse,
                null => whenTrue == whenFalse ? whenTrue : null,
            };
        }

        public override StatusCondition Replace(StatusCondition part, StatusCondition replacement) =>
            ReferenceEquals(this, part) ? replacement : this with { Test = Test.Replace(part, replacement), WhenTrue = WhenTrue.Replace(part, replacement), WhenFalse = WhenFalse.Replace(part, replacement) };
    }

    private static bool? Either(bool? left, bool? right) => left == true || right == true ? true : left is null || right is null ? null : false;
}

/// <summary>One thing that the status of a job may be: a state of the table, a word that the table does not list, or nothing.</summary>
internal sealed record StatusState
{
    // A member and a word that are equal to none in the code.
    private const string Other = "\u0001";

    private StatusState(string member, string wire, JobState? listed, bool isNull)
    {
        Member = member;
        Wire = wire;
        Listed = listed;
        IsNull = isNull;
    }

    public string Member { get; }

    public string Wire { get; }

    public JobState? Listed { get; }

    public bool IsNull { get; }

    /// <summary>
    /// Everything that the status may be, as far as the comparisons can tell it apart: a condition that covers all the listed
    /// states is not constant, since a service may come to report others.
    /// </summary>
    public static ImmutableArray<StatusState> Of(IEnumerable<StatusCondition> leaves)
    {
        var states = ImmutableArray.CreateBuilder<StatusState>();
        states.Add(new("", "", listed: null, isNull: true));
        states.Add(new(Other, Other, listed: null, isNull: false));
        foreach (var leaf in leaves)
        {
            if (leaf.Status is not { } status)
            {
                continue;
            }

            foreach (var state in status.Job.States)
            {
                Add(state.Member, state.Wire, state);
            }

            if (status.Type is { TypeKind: TypeKind.Enum } type)
            {
                foreach (var member in InferredJobs.MembersOf(type))
                {
                    Add(member, Other, listed: null);
                }
            }

            if (leaf is StatusCondition.Compared compared)
            {
                foreach (var word in compared.Comparison.Constants.Where(static constant => constant.Kind == StatusConstantKind.Word))
                {
                    Add(status.Form == StatusForm.MemberName ? word.Text : Other, status.Form == StatusForm.MemberName ? Other : word.Text, listed: null);
                }
            }
        }

        return states.ToImmutable();

        void Add(string member, string wire, JobState? listed)
        {
            if (!states.Any(known => (member != Other && known.Member == member) || (wire != Other && known.Wire == wire)))
            {
                states.Add(new(member, wire, listed, isNull: false));
            }
        }
    }

    /// <summary>Whether a status in this state equals the constant; null where that is not known.</summary>
    public bool? Equals(StatusRead status, StatusConstant constant)
    {
        if (IsNull || constant.Kind == StatusConstantKind.Null)
        {
            return IsNull && constant.Kind == StatusConstantKind.Null;
        }

        var expected = constant.Text;
        if (constant.Kind == StatusConstantKind.Member && status.Form == StatusForm.StringStruct)
        {
            // The struct is known by its word; a member that the table lacks stands for one that is not known here.
            if (status.Job.States.FirstOrDefault(state => state.Member == constant.Text) is not { } named)
            {
                return null;
            }

            expected = named.Wire;
        }

        var isMember = status.Form is StatusForm.Enum or StatusForm.MemberName || (status.Form == StatusForm.OpenEnum && constant.Kind == StatusConstantKind.Member);
        return string.Equals(TextOf(status, isMember), expected, constant.IgnoresCase ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal);
    }

    private string TextOf(StatusRead status, bool isMember)
    {
        var text = isMember ? Member : Wire;
        return status switch
        {
            { Form: StatusForm.QuotedWord } => "\"" + text + "\"",
            { Case: TextCase.Lower } => text.ToLowerInvariant(),
            { Case: TextCase.Upper } => text.ToUpperInvariant(),
            _ => text,
        };
    }
}
