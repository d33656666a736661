using System.Security.Cryptography;
using System.Text;

namespace AiGuardrails.Tool.Reports.Page;

/// <summary>The style or the script of the page, and the hash by which its policy knows it: anything else is not run.</summary>
internal sealed class PageAsset
{
    private PageAsset(string name)
    {
        using var stream = typeof(PageAsset).Assembly.GetManifestResourceStream(name) ?? throw new InvalidOperationException($"'{name}' is not embedded.");
        using var reader = new StreamReader(stream);

        // A browser hashes what stands between the tags, with its line ends as line feeds.
        Text = reader.ReadToEnd().ReplaceLineEndings("\n");
        Policy = $"'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(Text)))}'";
    }

    public static PageAsset Style { get; } = new("report.css");

    public static PageAsset Script { get; } = new("report.js");

    public string Text { get; }

    public string Policy { get; }
}
