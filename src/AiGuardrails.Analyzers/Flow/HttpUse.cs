using System.Collections.Immutable;
using AiGuardrails.Analyzers.Sdks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AiGuardrails.Analyzers.Flow;

/// <summary>What a body, and the type around it, say of AI services in their strings: which hosts, and which jobs.</summary>
internal sealed class HttpUse
{
    private readonly ImmutableArray<string> _texts;
    private readonly Lazy<ImmutableArray<string>> _aroundTexts;

    public HttpUse(AiBody body)
    {
        var around = body.Syntax.FirstAncestorOrSelf<TypeDeclarationSyntax>();
        _texts = [.. TextsIn(body.Syntax)];
        _aroundTexts = new(() => around is null ? [] : [.. TextsIn(around)]);

        NamesAiHost = NamesHost(_texts) || NamesHost(_aroundTexts.Value);
        Job = JobIn(_texts) ?? (NamesAiHost ? JobIn(_aroundTexts.Value) : null);
    }

    /// <summary>Gets a value indicating whether an AI host or path is named in the body or in the type around it.</summary>
    public bool NamesAiHost { get; }

    /// <summary>Gets the one kind of job whose path is named; null where there is none, or more than one.</summary>
    public JobTable? Job { get; }

    /// <summary>Whether one of the strings of the body, or of the type around it, holds that part of a URL.</summary>
    public bool Names(string part, bool inTypeAround) => (inTypeAround ? _aroundTexts.Value : _texts).Any(text => text.IndexOf(part, StringComparison.Ordinal) >= 0);

    private static bool NamesHost(ImmutableArray<string> texts) =>
        texts.Any(static text => RawHttp.Hosts.Any(host => text.IndexOf(host, StringComparison.Ordinal) >= 0));

    private static JobTable? JobIn(ImmutableArray<string> texts)
    {
        JobTable? found = null;
        foreach (var job in RawHttp.Jobs)
        {
            if (texts.Any(text => job.HttpPaths.Any(path => text.IndexOf(path, StringComparison.Ordinal) >= 0)))
            {
                if (found is not null)
                {
                    return null;
                }

                found = job;
            }
        }

        return found;
    }

    private static IEnumerable<string> TextsIn(SyntaxNode node)
    {
        foreach (var token in node.DescendantTokens())
        {
            if (token.IsKind(SyntaxKind.StringLiteralToken)
                || token.IsKind(SyntaxKind.InterpolatedStringTextToken)
                || token.IsKind(SyntaxKind.SingleLineRawStringLiteralToken)
                || token.IsKind(SyntaxKind.MultiLineRawStringLiteralToken))
            {
                yield return token.ValueText;
            }
        }
    }
}
