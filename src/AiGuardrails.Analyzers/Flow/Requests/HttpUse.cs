using System.Collections.Immutable;
using AiGuardrails.Analyzers.Sdks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AiGuardrails.Analyzers.Flow.Requests;

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

        // Other services have the same paths and other states.
        var hosts = Hosts = HostsIn(_texts) is { IsEmpty: false } own ? own : HostsIn(_aroundTexts.Value);
        var isKnown = hosts.Any(static host => RawHttp.JobHosts.Contains(host));
        if (isKnown || hosts.IsEmpty)
        {
            var job = JobIn(_texts, isKnown);
            Job = job ?? (NamesAiHost ? JobIn(_aroundTexts.Value, isKnown) : null);
            IsJobCertain = Job is not null
                && (job is not null || !_texts.Any(static text => text.Contains('/') && text.IndexOf("files", StringComparison.Ordinal) < 0))
                && !RawHttp.OtherPaths.Any(path => Names(path, inTypeAround: false));
        }
    }

    /// <summary>Gets a value indicating whether an AI host or path is named in the body or in the type around it.</summary>
    public bool NamesAiHost { get; }

    /// <summary>Gets the one kind of job whose path is named; null where there is none, or more than one.</summary>
    public JobTable? Job { get; }

    /// <summary>Whether one of the strings of the body, or of the type around it, holds that part of a URL.</summary>
    public bool Names(string part, bool inTypeAround) => (inTypeAround ? _aroundTexts.Value : _texts).Any(text => text.IndexOf(part, StringComparison.Ordinal) >= 0);

    /// <summary>
    /// Gets a value indicating whether a status in the body can only be that of the job: not where the body itself asks for something
    /// else than files, and only the type around it names the job, and not beside another thing that has a status.
    /// </summary>
    public bool IsJobCertain { get; }

    /// <summary>Gets the hosts that the body names, or else the type around it.</summary>
    public ImmutableArray<string> Hosts { get; }

    private static bool NamesHost(ImmutableArray<string> texts) =>
        texts.Any(static text => RawHttp.Hosts.Any(host => text.IndexOf(host, StringComparison.Ordinal) >= 0));

    // Paths stand among the hosts too: "chat/completions" belongs to whoever serves it.
    private static ImmutableArray<string> HostsIn(ImmutableArray<string> texts) =>
        [.. RawHttp.Hosts.Where(host => host.Contains('.') && texts.Any(text => text.IndexOf(host, StringComparison.Ordinal) >= 0))];

    private static JobTable? JobIn(ImmutableArray<string> texts, bool isKnownHost)
    {
        JobTable? found = null;
        foreach (var job in RawHttp.Jobs)
        {
            if (texts.Any(text => job.HttpPaths.Any(path => text.IndexOf(path, StringComparison.Ordinal) >= 0) || (isKnownHost && IsRelative(text, job.RelativePath))))
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

    private static bool IsRelative(string text, string? path) =>
        path is not null
        && text.StartsWith(path, StringComparison.Ordinal)
        && (text.Length == path.Length || text[path.Length] == '/');

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
