using System.Text.RegularExpressions;

namespace AiGuardrails.Core.Models;

/// <summary>How much context a string needs before it counts as a fine-tuned model ID.</summary>
internal enum ModelIdContext
{
    /// <summary>Any constant of the program: only a grammar that proves itself counts.</summary>
    Anywhere,

    /// <summary>A value that names the model of a call: every grammar counts.</summary>
    ModelSink,
}

/// <summary>The ID that a provider gives to a model when a training job has succeeded.</summary>
/// <param name="Provider">Who issued the ID.</param>
/// <param name="BaseModel">The model that was trained, where the ID tells; otherwise the empty string.</param>
internal sealed record FineTunedModelId(string Provider, string BaseModel)
{
    // Longer strings are prose, and no grammar allows them.
    private const int MaxLength = 512;

    private static readonly char[] s_marks = [':', '/'];

    private static readonly TimeSpan s_matchTimeout = TimeSpan.FromMilliseconds(200);

    // In the order in which they are to be asked: the Mistral form is a special case of the OpenAI form, and the last ones
    // match a great deal. Sources and examples: docs/rules/AIG1001.md.
    private static readonly Grammar[] s_grammars =
    [
        new("Mistral", ModelIdContext.Anywhere,
            "^ft:(?:classifier:)?(?<base>(?:open-mi|mistral|ministral|codestral|pixtral)[a-z0-9.-]*):[^:\\s]+:[0-9]{8}:(?:[^:\\s]+:)?[^:\\s]+$"),
        new("OpenAI", ModelIdContext.Anywhere,
            "^ft:(?<base>[A-Za-z0-9][A-Za-z0-9._-]*):[A-Za-z0-9_-]*:[A-Za-z0-9_.-]{0,64}:[A-Za-z0-9]{6,12}(?::ckpt-step-[0-9]+)?$"),
        new("OpenAI", ModelIdContext.ModelSink,
            "^ft:(?<base>[^:\\s]+):[^:\\s]*:[^:\\s]*:[^:\\s]+(?::ckpt-step-[0-9]+)?$"),
        new("OpenAI", ModelIdContext.ModelSink,
            "^(?<base>ada|babbage|curie|davinci|code-[a-z]+-[0-9]{3}):ft-[a-z0-9-]+?(?::[A-Za-z0-9-]{1,40})?-[0-9]{4}(?:-[0-9]{2}){5}$"),
        new("Azure OpenAI", ModelIdContext.Anywhere,
            "^(?<base>[a-z0-9][a-z0-9.-]*)\\.ft-[0-9a-f]{32}(?:-[A-Za-z0-9_-]+)?$"),
        new("Amazon Bedrock", ModelIdContext.Anywhere,
            "^arn:aws(?:-[a-z-]+)?:bedrock:[a-z0-9-]{1,20}:[0-9]{12}:custom-model/(?:imported|(?<base>[a-z0-9-]{1,63}\\.[a-z0-9.-]{1,190}(?::[a-z0-9-]{1,63}){0,2}))/[a-z0-9]{12}$"),
        new("Amazon Bedrock", ModelIdContext.Anywhere,
            "^arn:aws(?:-[a-z-]+)?:bedrock:[a-z0-9-]{1,20}:[0-9]{12}:(?:provisioned-model|imported-model|custom-model-deployment)/[a-z0-9]{12}$"),
        new("Vertex AI", ModelIdContext.ModelSink,
            "^projects/[^/\\s]+/locations/[a-z0-9-]+/(?:endpoints/[^/\\s]+|models/[^/@\\s]+(?:@[^/\\s]+)?)$"),
        new("Gemini API", ModelIdContext.ModelSink,
            "^tunedModels/[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?$"),
        new("Fireworks", ModelIdContext.ModelSink,
            "^accounts/(?!fireworks/)[A-Za-z0-9-]+/(?:models|deployedModels|deployments)/[A-Za-z0-9][A-Za-z0-9.-]*(?:#accounts/[A-Za-z0-9-]+/deployments/[A-Za-z0-9-]+)?$"),
        new("Replicate", ModelIdContext.ModelSink,
            "^[^/\\s]+/(?<base>[^/:\\s]+):[0-9a-f]{64}$"),
        new("Anyscale", ModelIdContext.ModelSink,
            "^[^/:\\s]+/(?<base>[^/:\\s]+):[A-Za-z0-9_-]{1,20}:[A-Za-z0-9]{5,8}$"),
        new("Cohere", ModelIdContext.ModelSink,
            "^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}-ft$"),
        new("Together AI", ModelIdContext.ModelSink,
            "^[A-Za-z0-9_.-]+/(?<base>[^/\\s]+)-(?=[0-9]*[a-f])[0-9a-f]{8}(?::[0-9]+)?$"),
    ];

    /// <summary>Reads a fine-tuned model ID, or returns null where the text is not one in that context.</summary>
    /// <param name="text">The whole text; an ID inside a sentence is not an ID.</param>
    /// <param name="context">Where the text stands.</param>
    public static FineTunedModelId? TryParse(string text, ModelIdContext context)
    {
        if (text.Length is 0 or > MaxLength || !MayBeOne(text))
        {
            return null;
        }

        foreach (var grammar in s_grammars)
        {
            if (grammar.Context <= context && grammar.TryMatch(text) is { } match)
            {
                return new FineTunedModelId(grammar.Provider, match.Groups["base"].Value);
            }
        }

        return null;
    }

    // Every grammar has a colon, a slash, or an "ft"; most strings of a program have none.
    private static bool MayBeOne(string text) =>
        text.IndexOfAny(s_marks) >= 0 || text.Contains("ft");

    private sealed class Grammar(string provider, ModelIdContext context, string pattern)
    {
        private readonly Regex _regex = new(pattern, RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, s_matchTimeout);

        public string Provider { get; } = provider;

        public ModelIdContext Context { get; } = context;

        public Match? TryMatch(string text)
        {
            try
            {
                var match = _regex.Match(text);
                return match.Success ? match : null;
            }
            catch (RegexMatchTimeoutException)
            {
                // Undecided is "no": the text is hostile or absurd, and not a model ID.
                return null;
            }
        }
    }
}
