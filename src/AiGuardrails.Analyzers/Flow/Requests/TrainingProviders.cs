using AiGuardrails.Analyzers.Sdks;
using AiGuardrails.Core.Training;

namespace AiGuardrails.Analyzers.Flow.Requests;

/// <summary>Which trainer a body speaks to, as far as its ranges are known.</summary>
internal static class TrainingProviders
{
    /// <summary>
    /// The trainer: by the URL of the request, else by the hosts that the body names, else by those of the type around it. OpenAI
    /// where none is named; null where more than one is, or one whose ranges are not published.
    /// </summary>
    public static TrainingProvider? Of(AiBody body, string? url)
    {
        foreach (var (part, provider) in RawHttp.TrainingProviders)
        {
            if (url?.IndexOf(part, StringComparison.Ordinal) >= 0)
            {
                return provider;
            }
        }

        foreach (var inTypeAround in new[] { false, true })
        {
            var named = RawHttp.TrainingProviders.Where(provider => body.Http.Names(provider.Part, inTypeAround)).Select(static provider => provider.Provider).Distinct().ToArray();
            if (named.Length > 0)
            {
                return named.Length == 1 ? named[0] : null;
            }
        }

        return TrainingProvider.OpenAI;
    }
}
