using AiGuardrails.Analyzers.Diagnostics;
using AiGuardrails.Analyzers.Flow;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace AiGuardrails.Analyzers.Rules.Secrets;

/// <summary>AIG6003: prompts and keys go to an AI service in the clear, or to whoever presents any certificate.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class EndpointWithoutTlsAnalyzer : AiAnalyzer
{
    private const string Scheme = "http://";

    /// <summary>Initializes a new instance of the <see cref="EndpointWithoutTlsAnalyzer"/> class.</summary>
    public EndpointWithoutTlsAnalyzer()
        : base(Descriptors.EndpointWithoutTls)
    {
    }

    private protected override void Analyze(BodyAnalysisContext context)
    {
        foreach (var url in EndpointUrls.In(context.Ai, context.Body, context.CancellationToken))
        {
            if (HostOf(url.Text) is { } host && !Loopback.IsLocal(host))
            {
                context.Report(
                    PlaceOf(url.Syntax),
                    Sentence.Of($"Prompts, answers and the key go to '{Scheme}{host}' in the clear; use https"));
            }
        }

        foreach (var callback in CertificateChecks.SwitchedOff(context.Ai, context.Body, context.CancellationToken))
        {
            if (!Loopback.IsNamedIn(context.Body) && Development.Of(callback, context.Body.Owner, context.CancellationToken) != RunsIn.Development)
            {
                context.Report(
                    callback.Syntax.GetLocation(),
                    Sentence.Of("The client of an AI service takes any certificate, so that anybody on the way can read prompts, answers and the key; leave the check of certificates on"));
            }
        }
    }

    /// <summary>The host of an address without TLS; null where the address has TLS, or its host is not in view.</summary>
    private static string? HostOf(string url)
    {
        url = url.TrimStart();
        if (!url.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        var rest = url.Substring(Scheme.Length);
        var end = rest.IndexOfAny(['/', '?', '#', '\\']);
        var authority = end < 0 ? rest : rest.Substring(0, end);
        authority = authority.Substring(authority.LastIndexOf('@') + 1);

        // [::1]:8080 and host:8080; the port may be unknown, the host may not.
        var port = authority.StartsWith("[", StringComparison.Ordinal) ? authority.IndexOf(']') + 1 : authority.IndexOf(':');
        var host = port > 0 ? authority.Substring(0, port) : authority;
        return host.Length == 0 || host.IndexOf(PartialTexts.Hole) >= 0 || host.IndexOfAny(['{', '}', '<', '>', ' ']) >= 0 ? null : host;
    }

    /// <summary>The literal that holds the scheme, where the address is put together.</summary>
    private static Location PlaceOf(SyntaxNode syntax)
    {
        foreach (var token in syntax.DescendantTokens())
        {
            if (StringTokens.IsText(token) && token.ValueText.TrimStart().StartsWith(Scheme, StringComparison.OrdinalIgnoreCase))
            {
                return token.GetLocation();
            }
        }

        return syntax.GetLocation();
    }
}
