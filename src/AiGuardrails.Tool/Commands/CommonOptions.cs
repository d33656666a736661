using System.CommandLine;
using AiGuardrails.Tool.Findings;
using AiGuardrails.Tool.Output;

namespace AiGuardrails.Tool.Commands;

/// <summary>Options that mean the same in every command that finds things.</summary>
internal static class CommonOptions
{
    public static Option<ReportFormat> Format()
    {
        var option = new Option<ReportFormat>("--format", "-f")
        {
            Description = "How to show what was found.",
            DefaultValueFactory = _ => ReportFormat.Text,
            HelpName = "text|json|sarif|markdown",
        };

        OnlyNames(option);
        return option;
    }

    public static Option<FindingLevel> FailOn()
    {
        var option = new Option<FindingLevel>("--fail-on")
        {
            Description = "The lowest level of a finding that makes the exit code 1.",
            DefaultValueFactory = _ => FindingLevel.Warning,
            HelpName = "error|warning|info",
        };

        OnlyNames(option);
        return option;
    }

    public static Option<string?> Output() => new("--output", "-o")
    {
        Description = "A file to write to, instead of the console.",
        HelpName = "file",
    };

    // Enumerations parse from numbers too, which are not names that anybody should rely on.
    private static void OnlyNames<T>(Option<T> option)
        where T : struct, Enum
    {
        option.CustomParser = argument =>
        {
            var text = argument.Tokens[0].Value;
            foreach (var value in Enum.GetValues<T>())
            {
                if (string.Equals(value.ToString(), text, StringComparison.OrdinalIgnoreCase))
                {
                    return value;
                }
            }

            argument.AddError($"'{text}' is not a value of {option.Name}; choose one of {option.HelpName!.Replace("|", ", ", StringComparison.Ordinal)}.");
            return default;
        };
    }
}
