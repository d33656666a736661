using System.Globalization;
using System.Text;
using AiGuardrails.Analyzers.Options;

namespace AiGuardrails.Docs;

/// <summary>The table of the options of the rules.</summary>
internal static class OptionTable
{
    public static string Text()
    {
        var text = new StringBuilder("| option | values | default | rules |\n|---|---|---|---|\n");
        foreach (var option in AiOptions.All)
        {
            _ = text.Append(CultureInfo.InvariantCulture, $"| `aiguardrails.{option.Name}` | {option.Values} | {option.DefaultRemark} | {string.Join(", ", option.Rules)} |\n");
        }

        return text.ToString();
    }
}
