using System.Globalization;
using System.Text;
using Microsoft.CodeAnalysis.Text;

namespace AiGuardrails.Benchmarks.Analysis;

/// <summary>
/// Ordinary code that has nothing to do with AI: services over entities, with loops, strings, LINQ, async methods, switches and
/// exceptions. The same numbers make the same text.
/// </summary>
internal static class PlainCode
{
    private static readonly string[] s_nouns = ["Order", "Invoice", "Customer", "Shipment", "Payment", "Account", "Product", "Ticket", "Contract", "Delivery", "Supplier", "Session"];

    private static readonly string[] s_verbs = ["Load", "Merge", "Filter", "Count", "Describe", "Validate", "Group", "Format", "Resolve", "Schedule", "Archive", "Total"];

    /// <summary>Files of some 280 lines each, until there are so many lines.</summary>
    public static IEnumerable<SourceText> Files(int lines)
    {
        for (var number = 0; lines > 0; number++)
        {
            var text = SourceText.From(File(number));
            lines -= text.Lines.Count;
            yield return text;
        }
    }

    private static string File(int number)
    {
        // A generator of our own: that of the platform may differ between versions, and a benchmark has no need of chance.
        var next = (uint)number * 2654435761u;
        int Next(int below) => (int)((next = (next * 1664525u) + 1013904223u) >> 8) % below;

        var text = new StringBuilder("using System;\nusing System.Collections.Generic;\nusing System.Globalization;\nusing System.IO;\nusing System.Linq;\nusing System.Text;\nusing System.Threading;\nusing System.Threading.Tasks;\n\n");
        text.Append(CultureInfo.InvariantCulture, $"namespace Shop.Area{number / 20}.Part{number};\n\n");
        var noun = s_nouns[Next(s_nouns.Length)];
        text.Append(Entity(noun));
        text.Append(CultureInfo.InvariantCulture, $$"""

            /// <summary>What can be done with {{noun}}.</summary>
            public sealed class {{noun}}Service(I{{noun}}Store store, TextWriter log)
            {
                private readonly Dictionary<int, {{noun}}> _known = [];
                private readonly Lock _gate = new();
                private int _misses;

                public int Misses => _misses;


            """);
        for (var i = 0; i < 13; i++)
        {
            text.Append(Method(Next(8), s_verbs[Next(s_verbs.Length)] + Sources.Invariant(i), noun, Next(90) + 10));
        }

        return text.Append("}\n").ToString();
    }

    private static string Entity(string noun) => $$"""
        public enum {{noun}}State { Draft, Open, Paid, Closed }

        /// <summary>A row of the table {{noun}}s.</summary>
        public sealed class {{noun}}
        {
            public int Id { get; set; }

            public string Name { get; set; } = "";

            public decimal Amount { get; set; }

            public {{noun}}State State { get; set; }

            public DateTimeOffset Created { get; set; }

            public List<string> Tags { get; } = [];

            public override string ToString() => $"{Name} ({Id.ToString(CultureInfo.InvariantCulture)}): {Amount:F2}";
        }

        public interface I{{noun}}Store
        {
            Task<{{noun}}?> FindAsync(int id, CancellationToken cancellationToken);

            Task SaveAsync({{noun}} item, CancellationToken cancellationToken);

            IAsyncEnumerable<{{noun}}> AllAsync(CancellationToken cancellationToken);
        }

        """;

    private static string Method(int kind, string name, string noun, int number) => kind switch
    {
        0 => $$"""
                public async Task<{{noun}}> {{name}}Async(int id, CancellationToken cancellationToken)
                {
                    lock (_gate)
                    {
                        if (_known.TryGetValue(id, out var known) && known.State != {{noun}}State.Closed)
                        {
                            return known;
                        }
                    }

                    var found = await store.FindAsync(id, cancellationToken).ConfigureAwait(false);
                    if (found is null)
                    {
                        Interlocked.Increment(ref _misses);
                        throw new KeyNotFoundException($"There is no {{noun}} {id} in part {{number}}.");
                    }

                    lock (_gate)
                    {
                        _known[id] = found;
                    }

                    return found;
                }


            """,
        1 => $$"""
                public decimal {{name}}(IReadOnlyList<{{noun}}> items)
                {
                    var total = 0m;
                    for (var i = 0; i < items.Count; i++)
                    {
                        var item = items[i];
                        if (item.Amount <= {{number}} || item.Name.Length == 0)
                        {
                            continue;
                        }

                        total += item.State switch
                        {
                            {{noun}}State.Draft => 0m,
                            {{noun}}State.Open when item.Created.Year > 2020 => item.Amount * 0.5m,
                            {{noun}}State.Paid or {{noun}}State.Closed => item.Amount,
                            _ => item.Amount / 3,
                        };
                    }

                    return Math.Round(total, 2);
                }


            """,
        2 => $$"""
                public IEnumerable<string> {{name}}(IEnumerable<{{noun}}> items) =>
                    from item in items
                    where item.Amount > {{number}}
                    group item by item.State into state
                    orderby state.Key
                    select $"{state.Key}: {state.Count()} of {state.Sum(static item => item.Amount):F2}";


            """,
        3 => $$"""
                public string {{name}}({{noun}} item)
                {
                    var text = new StringBuilder();
                    text.Append("{{noun}} ").Append(item.Id).Append(": ");
                    foreach (var tag in item.Tags.Where(static tag => tag.Length > 2).OrderBy(static tag => tag, StringComparer.Ordinal))
                    {
                        if (text.Length > {{number}})
                        {
                            text.Append('…');
                            break;
                        }

                        text.Append(tag.Trim().ToLowerInvariant()).Append(", ");
                    }

                    return text.ToString().TrimEnd(',', ' ');
                }


            """,
        4 => $$"""
                public async Task<int> {{name}}Async(string path, CancellationToken cancellationToken)
                {
                    var count = 0;
                    try
                    {
                        using var reader = new StreamReader(path);
                        while (await reader.ReadLineAsync(cancellationToken).ConfigureAwait(false) is { } line)
                        {
                            var parts = line.Split(';');
                            if (parts.Length < 3 || !int.TryParse(parts[0], CultureInfo.InvariantCulture, out var id))
                            {
                                await log.WriteLineAsync($"Line {count + {{number}}} has no number: '{line}'").ConfigureAwait(false);
                                continue;
                            }

                            await store.SaveAsync(new {{noun}} { Id = id, Name = parts[1], Amount = decimal.Parse(parts[2], CultureInfo.InvariantCulture) }, cancellationToken).ConfigureAwait(false);
                            count++;
                        }
                    }
                    catch (IOException exception)
                    {
                        await log.WriteLineAsync("Cannot read the file: " + exception.Message).ConfigureAwait(false);
                    }

                    return count;
                }


            """,
        5 => $$"""
                public bool {{name}}({{noun}}? item, out string problem)
                {
                    problem = item switch
                    {
                        null => "There is nothing to check.",
                        { Name: "" } => "The name is empty.",
                        { Amount: < 0 } => "The amount is below zero.",
                        { Tags.Count: > {{number}} } => $"There are {item.Tags.Count} tags.",
                        _ => "",
                    };
                    return problem.Length == 0;
                }


            """,
        6 => $$"""
                public Dictionary<string, List<{{noun}}>> {{name}}(params {{noun}}[] items)
                {
                    var byTag = new Dictionary<string, List<{{noun}}>>(StringComparer.OrdinalIgnoreCase);
                    foreach (var item in items)
                    {
                        foreach (var tag in item.Tags)
                        {
                            if (!byTag.TryGetValue(tag, out var list))
                            {
                                byTag.Add(tag, list = new List<{{noun}}>({{number}}));
                            }

                            list.Add(item);
                        }
                    }

                    return byTag;
                }


            """,
        _ => $$"""
                public async Task {{name}}Async(TimeSpan wait, CancellationToken cancellationToken)
                {
                    await foreach (var item in store.AllAsync(cancellationToken).ConfigureAwait(false))
                    {
                        for (var attempt = 0; attempt < {{number}}; attempt++)
                        {
                            try
                            {
                                item.State = item.Amount > {{number}} ? {{noun}}State.Paid : {{noun}}State.Open;
                                await store.SaveAsync(item, cancellationToken).ConfigureAwait(false);
                                break;
                            }
                            catch (TimeoutException) when (attempt < 3)
                            {
                                await Task.Delay(wait * (attempt + 1), cancellationToken).ConfigureAwait(false);
                            }
                        }
                    }
                }


            """,
    };
}
