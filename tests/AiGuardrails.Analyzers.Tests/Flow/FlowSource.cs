using System.Collections.Immutable;
using AiGuardrails.Analyzers.Flow;
using AiGuardrails.Analyzers.Sdks;
using AiGuardrails.Testing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AiGuardrails.Analyzers.Tests.Flow;

/// <summary>A piece of source, compiled against the real SDKs, for tests that ask the flow classes directly.</summary>
internal sealed class FlowSource
{
    private const string Usings =
        """
        using System;
        using System.Collections.Generic;
        using System.Collections.Immutable;
        using System.Linq;
        using System.Net.Http;
        using System.Net.Http.Json;
        using System.Text.Json;
        using System.Threading;
        using System.Threading.Tasks;

        """;

    private FlowSource(AiContext ai, SemanticModel model)
    {
        Ai = ai;
        Model = model;
    }

    public AiContext Ai { get; }

    public SemanticModel Model { get; }

    /// <summary>Compiles the source, with the usual usings before it; an error in it fails the test.</summary>
    public static FlowSource Of(string source)
    {
        var tree = CSharpSyntaxTree.ParseText(Usings + source);
        var suppressed = new[] { "OPENAI001", "OPENAI002", "SCME0001", "SCME0002", "MEAI001" }.ToImmutableDictionary(static id => id, static _ => ReportDiagnostic.Suppress);
        var compilation = CSharpCompilation.Create(
            "Flow",
            [tree],
            TestReferences.Of(ReferenceSets.Default),
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary).WithSpecificDiagnosticOptions(suppressed));

        Assert.Empty(compilation.GetDiagnostics().Where(static diagnostic => diagnostic.Severity == DiagnosticSeverity.Error));

        return new FlowSource(AiContext.TryGet(compilation, default)!, compilation.GetSemanticModel(tree));
    }

    /// <summary>The body of the method of that name.</summary>
    public AiBody BodyOf(string method) => new(Ai, Model, Method(method), default);

    public MethodDeclarationSyntax Method(string name) =>
        Model.SyntaxTree.GetRoot().DescendantNodes().OfType<MethodDeclarationSyntax>().Single(method => method.Identifier.ValueText == name);

    /// <summary>The operation of the one argument of <c>Use(…)</c> in the source.</summary>
    public IOperation Used()
    {
        var call = Model.SyntaxTree.GetRoot().DescendantNodes().OfType<InvocationExpressionSyntax>().Single(static call => call.Expression.ToString() == "Use");

        return Model.GetOperation(call.ArgumentList.Arguments.Single().Expression)!;
    }
}
