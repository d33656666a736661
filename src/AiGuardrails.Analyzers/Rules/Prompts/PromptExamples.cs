using AiGuardrails.Generators.Prompts;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AiGuardrails.Analyzers.Rules.Prompts;

/// <summary>
/// The examples of a prompt, as far as they can be read off the method that gives them: those that it gives whatever happens, with
/// the texts that stand in them as they are.
/// </summary>
internal sealed class PromptExamples
{
    private readonly PromptModel _model;
    private readonly List<(string Text, int MaxTokens)> _texts = [];

    private PromptExamples(PromptModel model) => _model = model;

    /// <summary>Gets how many there are at the least.</summary>
    public int Count { get; private set; }

    /// <summary>Gets whether there are no more.</summary>
    public bool IsWhole { get; private set; }

    /// <summary>Gets texts that stand in them, each with the limit of the slot that it is placed in; 0 for none.</summary>
    public IReadOnlyList<(string Text, int MaxTokens)> Texts => _texts;

    /// <summary>Reads the examples of a prompt; null where it has none.</summary>
    public static PromptExamples? Of(ComposedPrompt prompt, CancellationToken cancellationToken)
    {
        if (prompt.Model.Declaration.Examples is not { } name)
        {
            return null;
        }

        var examples = new PromptExamples(prompt.Model);
        var method = prompt.Type.GetMembers(name.TrimStart('@')).OfType<IMethodSymbol>()
            .FirstOrDefault(static method => method.GetAttributes().Any(static attribute => PromptParser.IsOurs(attribute.AttributeClass, "ExamplesAttribute")));
        if (method?.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax(cancellationToken) is MethodDeclarationSyntax declaration)
        {
            examples.Read(declaration);
        }

        return examples;
    }

    private void Read(MethodDeclarationSyntax method)
    {
        if (method.ExpressionBody is { } body)
        {
            IsWhole = AddList(body.Expression);
            return;
        }

        foreach (var statement in method.Body?.Statements ?? [])
        {
            switch (statement)
            {
                case YieldStatementSyntax { RawKind: (int)SyntaxKind.YieldReturnStatement, Expression: { } shot }:
                    Add(shot);
                    break;
                case YieldStatementSyntax:
                    IsWhole = true;
                    return;
                case ReturnStatementSyntax { Expression: { } list }:
                    IsWhole = AddList(list);
                    return;
                case LocalDeclarationStatementSyntax or LocalFunctionStatementSyntax:
                    break;
                default:
                    // From here on it depends.
                    return;
            }
        }

        IsWhole = true;
    }

    private bool AddList(ExpressionSyntax list)
    {
        switch (list)
        {
            case CollectionExpressionSyntax collection:
                foreach (var element in collection.Elements.OfType<ExpressionElementSyntax>())
                {
                    Add(element.Expression);
                }

                return collection.Elements.All(static element => element is ExpressionElementSyntax);
            case ArrayCreationExpressionSyntax { Initializer: { } items }:
                AddAll(items);
                return true;
            case ImplicitArrayCreationExpressionSyntax { Initializer: var items }:
                AddAll(items);
                return true;
            default:
                return false;
        }
    }

    private void AddAll(InitializerExpressionSyntax items)
    {
        foreach (var item in items.Expressions)
        {
            Add(item);
        }
    }

    private void Add(ExpressionSyntax shot)
    {
        Count++;
        if (shot is not BaseObjectCreationExpressionSyntax { ArgumentList.Arguments: [var input, var answer], Initializer: null })
        {
            return;
        }

        // Named the other way round, the two are not told apart here.
        if (input.NameColon is null && answer.NameColon is null)
        {
            AddInput(input.Expression);
            AddAnswer(answer.Expression);
        }
    }

    private void AddInput(ExpressionSyntax expression)
    {
        foreach (var assignment in (expression as BaseObjectCreationExpressionSyntax)?.Initializer?.Expressions.OfType<AssignmentExpressionSyntax>() ?? [])
        {
            if (assignment.Left is IdentifierNameSyntax { Identifier.ValueText: var name } && TextOf(assignment.Right) is { } text && SlotOf(name) is { } input)
            {
                _texts.Add((text, input.MaxTokens));
            }
        }
    }

    private void AddAnswer(ExpressionSyntax expression)
    {
        if (expression is BaseObjectCreationExpressionSyntax creation)
        {
            var values = (creation.ArgumentList?.Arguments.Select(static argument => argument.Expression) ?? [])
                .Concat(creation.Initializer?.Expressions.OfType<AssignmentExpressionSyntax>().Select(static assignment => assignment.Right) ?? []);
            _texts.AddRange(values.Select(TextOf).Where(static text => text is not null).Select(static text => (text!, 0)));
        }
    }

    /// <summary>The input of that name, where a turn of the user places it.</summary>
    private PromptInput? SlotOf(string name) => _model.Blocks
        .Where(static block => block.Role == BlockRole.User)
        .SelectMany(static block => block.Parts)
        .Where(static part => part.Text is null)
        .Select(part => _model.Declaration.Inputs[part.Input])
        .FirstOrDefault(input => input.Name == name);

    private static string? TextOf(ExpressionSyntax expression) =>
        expression is LiteralExpressionSyntax { RawKind: (int)SyntaxKind.StringLiteralExpression, Token.ValueText: var text } ? text : null;
}
