using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Numerics;
using AiGuardrails.Core.Models;
using AiGuardrails.Core.Prompts;
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

    /// <summary>Of commands that are asked for facts and find nothing.</summary>
    public static Option<DataFormat> DataFormat()
    {
        var option = new Option<DataFormat>("--format", "-f")
        {
            Description = "How to show the answer.",
            DefaultValueFactory = _ => default,
            HelpName = "text|json",
        };

        OnlyNames(option);
        return option;
    }

    /// <summary>The day on which dates are judged, for pipelines whose answer must not change with the clock.</summary>
    public static Option<CalendarDate?> Today() => new("--today")
    {
        Description = "The day on which dates are judged; today otherwise.",
        HelpName = "yyyy-MM-dd",
        CustomParser = ParseDay,
    };

    public static CalendarDate? ParseDay(ArgumentResult argument) =>
        Parse(argument, CalendarDate.TryParse, "a day", "give it as yyyy-MM-dd, such as 2026-11-30");

    public static CalendarDate DayOf(CalendarDate? given, ToolContext context) =>
        given ?? CalendarDate.TryParse(context.Today().ToString("yyyy-MM-dd", CultureInfo.InvariantCulture))!.Value;

    /// <summary>The team's own rows of the model catalogue.</summary>
    public static Option<string?> Catalogue() => new("--catalogue")
    {
        Description = $"A file with the team's own rows; {ModelCatalogueFile.Name} in the current folder otherwise, if it is there.",
        HelpName = "file",
    };

    /// <summary>The file with which tokens are counted.</summary>
    public static Option<string?> Tokenizer(string whose) => new("--tokenizer")
    {
        Description = $"The published vocabulary of {whose}, o200k_base.tiktoken or cl100k_base.tiktoken: tokens are counted exactly, and estimated otherwise.",
        HelpName = "file",
    };

    /// <summary>A format of training data, by its name.</summary>
    public static Option<TrainingTarget> Target(string name, string description, params string[] aliases) => new(name, aliases)
    {
        Description = description + " " + string.Join(", ", TrainingTarget.All.Select(static known => known.Name)) + ".",
        HelpName = "name",
        Required = true,
        CustomParser = static argument =>
        {
            var text = argument.Tokens[0].Value;
            if (TrainingTarget.TryParse(text, out var target))
            {
                return target;
            }

            var names = TrainingTarget.All.Select(static known => known.Name).ToList();
            argument.AddError(NearestName.Of(text, names) is { } nearest
                ? $"'{text}' is not a target; did you mean '{nearest}'? Otherwise choose one of {string.Join(", ", names)}."
                : $"'{text}' is not a target; choose one of {string.Join(", ", names)}.");
            return null;
        },
    };

    /// <summary>Files of training data: paths, folders and patterns.</summary>
    public static Argument<string[]> DataFiles()
    {
        var files = new Argument<string[]>("file")
        {
            Description = "Files of training data in JSON Lines, folders of them, or patterns such as 'data/**/*.jsonl'; '-' reads the standard input.",
            Arity = ArgumentArity.OneOrMore,
        };
        files.Validators.Add(NoOptions);
        return files;
    }

    /// <summary>One file of training data.</summary>
    public static Argument<string> DataFile()
    {
        var file = new Argument<string>("file") { Description = "A file of training data in JSON Lines; '-' reads the standard input." };
        file.Validators.Add(NoOptions);
        return file;
    }

    /// <summary>A whole number within bounds.</summary>
    public static Option<T?> Number<T>(string name, string description, T least, T most, string what, string helpName = "number")
        where T : struct, INumber<T> => new(name)
        {
            Description = description,
            HelpName = helpName,
            CustomParser = argument => Parse(
                argument,
                text => T.TryParse(text, NumberStyles.AllowDecimalPoint | NumberStyles.AllowThousands, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most ? number : (T?)null,
                what,
                string.Create(CultureInfo.InvariantCulture, $"give a number from {least} to {most}")),
        };

    /// <summary>A value of an option, or an error that says what would be one.</summary>
    public static T? Parse<T>(ArgumentResult argument, Func<string, T?> parse, string what, string expected)
    {
        var text = argument.Tokens[0].Value;
        if (parse(text) is { } value)
        {
            return value;
        }

        argument.AddError($"'{text}' is not {what}; {expected}.");
        return default;
    }

    /// <summary>A misspelt option would otherwise be taken for a path.</summary>
    public static void NoOptions(ArgumentResult result)
    {
        foreach (var token in result.Tokens.Where(static token => token.Value.Length > 1 && token.Value.StartsWith('-')))
        {
            result.AddError($"'{token.Value}' is not an option of this command; write './{token.Value}' if it is a path.");
        }
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

    /// <summary>Where data are written to.</summary>
    public static Option<string?> DataOutput(string description) => new("--output", "-o")
    {
        Description = description,
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
