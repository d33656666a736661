using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using System.Globalization;
using System.Runtime.CompilerServices;

namespace AiGuardrails.Tool.Commands;

/// <summary>The help of a command shows how it is called, and what its exit codes mean.</summary>
internal static class Examples
{
    private static readonly ConditionalWeakTable<Command, string[]> s_examples = [];

    /// <summary>Gives a command its examples: whole command lines, each of which must be understood.</summary>
    public static Command WithExamples(this Command command, params string[] examples)
    {
        s_examples.AddOrUpdate(command, examples);
        return command;
    }

    public static IReadOnlyList<string> Of(Command command) => s_examples.TryGetValue(command, out var examples) ? examples : [];

    /// <summary>Shows the examples in the help of every command below the root.</summary>
    public static void ShowInHelp(RootCommand root)
    {
        foreach (var help in root.Options.OfType<HelpOption>())
        {
            help.Action = new HelpWithExamples((HelpAction)help.Action!);
        }
    }

    private sealed class HelpWithExamples(HelpAction help) : SynchronousCommandLineAction
    {
        // Who asks for help has not given what is required.
        public override bool ClearsParseErrors => true;

        public override int Invoke(ParseResult parseResult)
        {
            var output = parseResult.InvocationConfiguration.Output;
            var result = ShowUsage(parseResult);
            if (Of(parseResult.CommandResult.Command) is { Count: > 0 } examples)
            {
                output.WriteLine(examples.Count == 1 ? "Example:" : "Examples:");
                foreach (var example in examples)
                {
                    output.WriteLine("  " + example);
                }

                output.WriteLine();
            }

            output.WriteLine("Exit codes:");
            foreach (var (code, meaning) in ExitCodes.All)
            {
                output.WriteLine(FormattableString.Invariant($"  {code,-4} {meaning}"));
            }

            return result;
        }

        // The parser calls the tool by the name of its file, which nobody types.
        private int ShowUsage(ParseResult parseResult)
        {
            var output = parseResult.InvocationConfiguration.Output;
            using var usage = new StringWriter(CultureInfo.InvariantCulture);
            parseResult.InvocationConfiguration.Output = usage;
            try
            {
                return help.Invoke(parseResult);
            }
            finally
            {
                parseResult.InvocationConfiguration.Output = output;
                output.Write(usage.ToString().Replace($"  {parseResult.RootCommandResult.Command.Name}", "  aiguardrails", StringComparison.Ordinal));
            }
        }
    }
}
