using AiGuardrails.CompilerServices;
using AiGuardrails.Core.Training.Records;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AiGuardrails.Generators.TrainingRecords;

/// <content>Whether the messages together make an example, and one that the targets can express.</content>
internal sealed partial class TrainingRecordParser
{
    private static readonly TrainingRole[] s_once =
    [
        TrainingRole.Conversation, TrainingRole.Prompt, TrainingRole.Completion, TrainingRole.Text, TrainingRole.Chosen, TrainingRole.Rejected, TrainingRole.Label,
    ];

    // ----- The messages together -----

    private void CheckMessages(List<TrainingMember> members)
    {
        var at = At;
        foreach (var once in s_once)
        {
            foreach (var member in members.FindAll(member => member.Role == once).Skip(1))
            {
                Report(LocationOf(member.Property), $"'{Type.Name}' has [{TrainingRoles.NameOf(once)}] twice; an example has one");
            }
        }

        bool Has(TrainingRole role) => members.Exists(member => member.Role == role);
        var isPair = Has(TrainingRole.Chosen) || Has(TrainingRole.Rejected);
        if (Has(TrainingRole.Text))
        {
            foreach (var member in members.FindAll(static member => member.Role != TrainingRole.Text))
            {
                Report(LocationOf(member.Property), $"'{member.Property.Name}' stands beside a [Text], which is the whole example; remove the role of one of them");
            }

            return;
        }

        if (isPair && !(Has(TrainingRole.Chosen) && Has(TrainingRole.Rejected)))
        {
            Report(at, Has(TrainingRole.Chosen)
                ? Sentence.Of($"'{Type.Name}' has a chosen answer and none that is not preferred; mark the property that holds it with [Rejected]")
                : Sentence.Of($"'{Type.Name}' has a rejected answer and none that is preferred; mark the property that holds it with [Chosen]"));
        }

        CheckTools(members);
        CheckConversation(members);
        var hasConversation = Has(TrainingRole.Conversation);
        if (!hasConversation && !(isPair && !members.Exists(static member => member.Role is TrainingRole.System or TrainingRole.Assistant)))
        {
            CheckPresence(members, TrainingRole.User, at, "the user says");
        }

        var isAnswered = hasConversation || isPair || Has(TrainingRole.ToolCall) || Has(TrainingRole.Completion) || Has(TrainingRole.GraderField)
            || members.Exists(static member => member.Role == TrainingRole.Label && member.Value == TrainingValue.Text);
        var answers = members.FindAll(static member => member.Role == TrainingRole.Assistant);
        if (!isAnswered)
        {
            CheckPresence(members, TrainingRole.Assistant, at, "the model shall learn to say");
        }

        if (answers.Count > 0 && !isAnswered)
        {
            if (answers.TrueForAll(static member => member.Weight == 0))
            {
                Report(at, $"every assistant message of '{Type.Name}' has the weight 0, so that nothing is trained; leave the weight of one of them out");
            }
            else if (answers.Exists(static member => !member.IsOptional) && answers.TrueForAll(static member => member.Weight == 0 || member.IsOptional))
            {
                Report(at, $"every assistant message of '{Type.Name}' that is trained on may be null; declare one of them as 'string', so that each example trains something");
            }
        }

        for (var i = 0; i < members.Count; i++)
        {
            // A message of this kind in a file must be this member's and nobody else's: reading looks one message ahead.
            for (var j = i + 1; j < members.Count && members[j - 1].IsOptional; j++)
            {
                if (members[i].Role == members[j].Role && members[i].Weight == members[j].Weight && members[i].Role != TrainingRole.GraderField)
                {
                    Report(
                        LocationOf(members[i].Property),
                        $"'{members[i].Property.Name}' may be left out and '{members[j].Property.Name}' has the same role, so that a file cannot tell which of them a message is; declare '{members[i].Property.Name}' as 'string', or put another message between them");
                    break;
                }
            }
        }
    }

    /// <summary>A result belongs to the call right before it.</summary>
    private void CheckTools(List<TrainingMember> members)
    {
        for (var i = 0; i < members.Count; i++)
        {
            if (members[i].Role == TrainingRole.ToolResult && (i == 0 || members[i - 1].Role != TrainingRole.ToolCall))
            {
                Report(LocationOf(members[i].Property), $"'{members[i].Property.Name}' answers no call; declare it right behind the property marked [ToolCall]");
            }
            else if (members[i].Role == TrainingRole.ToolCall && i + 1 < members.Count && members[i + 1].Place == 0 && members[i + 1].Role != TrainingRole.ToolResult)
            {
                Report(LocationOf(members[i].Property), $"'{members[i].Property.Name}' is a call that nothing answers, and the conversation goes on; declare a property marked [ToolResult] right behind it");
            }
        }
    }

    /// <summary>Where a list of turns begins and ends must show in a file.</summary>
    private void CheckConversation(List<TrainingMember> members)
    {
        var conversation = members.FindIndex(static member => member.Role == TrainingRole.Conversation);
        for (var i = 0; conversation >= 0 && i < members.Count; i++)
        {
            if (members[i].IsOptional && members[i].Place == 0 && (i > conversation || members[i].Role != TrainingRole.System))
            {
                Report(LocationOf(members[i].Property), $"'{members[i].Property.Name}' may be left out beside a conversation, so that a file cannot tell it from a turn; declare it without '?'");
            }
        }
    }

    // ----- The targets -----

    /// <summary>Asks the predicate that the run time asks too: which targets can express the record.</summary>
    private void CheckTargets(List<TrainingMember> members)
    {
        var shapes = members.ConvertAll(static member => member.Shape);
        var location = Attribute.ApplicationSyntaxReference?.GetSyntax(CancellationToken) is AttributeSyntax syntax && Compilation.ContainsSyntaxTree(syntax.SyntaxTree)
            ? syntax
            : null;
        var asked = Attribute.ConstructorArguments is [{ Kind: TypedConstantKind.Array, IsNull: false } names] ? names.Values : [];
        for (var i = 0; i < asked.Length; i++)
        {
            var argument = location?.ArgumentList?.Arguments is { } arguments && arguments.Count == asked.Length ? arguments[i].GetLocation() : location?.GetLocation() ?? At;
            var name = asked[i].Value as string;
            if (!TrainingTarget.TryParse(name, out var target))
            {
                Report(argument, $"'{name}' is no training target; the targets are {Sentence.Some(TrainingTarget.All.Select(static known => known.Name))}");
            }
            else if (RecordPlan.Create(shapes, target, out var reason) is null)
            {
                Report(argument, $"'{Type.Name}' cannot be written to '{name}': {reason}");
            }
        }

        if (asked.IsEmpty && !TrainingTarget.All.Any(target => RecordPlan.Create(shapes, target, out _) is not null))
        {
            var form = RecordPlan.FormOf(shapes);
            var nearest = TrainingTarget.All.First(target => RecordLayouts.Of(target).Any(layout => layout.Form == form));
            RecordPlan.Create(shapes, nearest, out var reason);
            Report(At, $"no target can express '{Type.Name}'; for '{nearest}', {reason}");
        }
    }

    private void CheckPresence(List<TrainingMember> members, TrainingRole role, Location at, Sentence what)
    {
        var word = role == TrainingRole.User ? "user" : "assistant";
        var ofRole = members.FindAll(member => member.Role == role || (member.Role == TrainingRole.Prompt && role == TrainingRole.User));
        if (ofRole.Count == 0)
        {
            Report(at, $"'{Type.Name}' has no {word} message; mark the property that {what} with [{role}Message]");
        }
        else if (ofRole.TrueForAll(static member => member.IsOptional))
        {
            Report(at, $"every {word} message of '{Type.Name}' may be null; declare one of them as 'string', so that each example has one");
        }
    }
}
