using AiGuardrails.Testing;
using Verify = AiGuardrails.Testing.CSharpAnalyzerVerifier<AiGuardrails.Analyzers.Rules.Responses.ModelOutputInDangerousSinkAnalyzer>;

namespace AiGuardrails.Analyzers.Tests.Rules.Responses;

public sealed class AIG3007_ModelOutputInDangerousSinkTests
{
    [Theory]
    [InlineData("Process.Start({|AIG3007:text|});")]
    [InlineData("Process.Start(\"bash\", {|AIG3007:text|});")]
    [InlineData("Process.Start(\"bash\", $\"-c '{{|AIG3007:text|}}'\");")]
    [InlineData("Process.Start(new ProcessStartInfo(\"bash\", {|AIG3007:text|}));")]
    [InlineData("Process.Start(new ProcessStartInfo { FileName = \"bash\", Arguments = {|AIG3007:text|} });")]
    [InlineData("var info = new ProcessStartInfo(\"bash\"); info.Arguments = \"-c \" + {|AIG3007:text|}; Process.Start(info);")]
    [InlineData("database.ExecuteSqlRaw({|AIG3007:text|});")]
    [InlineData("database.ExecuteSqlRaw($\"delete from t where name = '{{|AIG3007:text|}}'\");")]
    [InlineData("using var command = connection.CreateCommand(); command.CommandText = {|AIG3007:text|};")]
    [InlineData("var sql = JsonSerializer.Deserialize<Plan>(text)!.Sql; using var command = connection.CreateCommand(); command.CommandText = {|AIG3007:sql|};")]
    [InlineData("new System.Data.DataTable().Compute({|AIG3007:text|}, null);")]
    [InlineData("await CSharpScript.EvaluateAsync({|AIG3007:text|});")]
    [InlineData("File.Delete({|AIG3007:text|});")]
    [InlineData("File.WriteAllText(Path.Combine(\"out\", {|AIG3007:text|}), \"x\");")]
    [InlineData("using var stream = new FileStream({|AIG3007:text|}, FileMode.Open);")]
    [InlineData("if (File.Exists(text)) { File.ReadAllText({|AIG3007:text|}); }")]
    [InlineData("await http.GetStringAsync({|AIG3007:text|});")]
    [InlineData("await http.GetAsync(new Uri({|AIG3007:text|}));")]
    [InlineData("await http.GetAsync($\"https://{{|AIG3007:text|}}/feed\");")]
    [InlineData("var markup = (MarkupString){|AIG3007:text|};")]
    [InlineData("var markup = new MarkupString({|AIG3007:text|});")]
    [InlineData("Type.GetType({|AIG3007:text|});")]
    [InlineData("Run({|AIG3007:text|});")]
    [InlineData("Note({|AIG3007:text|});")]
    public Task Text_of_a_model_that_something_acts_on_is_reported(string statements) => VerifyAsync("var text = reply.Content[0].Text; " + statements);

    [Theory]
    [InlineData("Console.WriteLine(text);")]
    [InlineData("Process.Start(\"bash\", \"-c ls\");")]
    [InlineData("var info = new ProcessStartInfo(\"grep\"); info.ArgumentList.Add(text); Process.Start(info);")]
    [InlineData("if (text is \"start\" or \"stop\") { Process.Start(\"service\", text); }")]
    [InlineData("var command = text switch { \"a\" => \"ls\", _ => \"pwd\" }; Process.Start(command);")]
    [InlineData("if (int.TryParse(text, out var number)) { Process.Start(\"kill\", number.ToString()); }")]
    [InlineData("database.ExecuteSqlRaw(\"delete from t where name = {0}\", text);")]
    [InlineData("using var command = connection.CreateCommand(); command.CommandText = \"select 1\"; var p = command.CreateParameter(); p.Value = text;")]
    [InlineData("File.WriteAllText(\"answer.txt\", text);")]
    [InlineData("File.WriteAllText(Path.Combine(\"out\", Path.GetFileName(text)), \"x\");")]
    [InlineData("if (File.Exists(text)) { Console.WriteLine(text); }")]
    [InlineData("var full = Path.GetFullPath(Path.Combine(\"out\", text)); if (!full.StartsWith(Path.GetFullPath(\"out\"), StringComparison.Ordinal)) { throw new InvalidOperationException(); } File.ReadAllText(full);")]
    [InlineData("File.WriteAllText($\"{reply.Id}.txt\", text);")]
    [InlineData("await http.GetStringAsync($\"https://example.org/search?q={Uri.EscapeDataString(text)}\");")]
    [InlineData("var uri = new Uri(text); if (uri.Host == \"example.org\") { await http.GetAsync(uri); }")]
    [InlineData("await http.PostAsync(\"https://example.org\", new StringContent(text));")]
    [InlineData("var markup = (MarkupString)System.Net.WebUtility.HtmlEncode(text);")]
    [InlineData("var markup = new MarkupString(HtmlEncoder.Default.Encode(text));")]
    [InlineData("Run(\"ls\");")]
    [InlineData("Show(text);")]
    [InlineData("Process.Start(argument);")]
    [InlineData("File.Delete(argument);")]
    [InlineData("Guard(text); File.Delete(text);")]
    public Task Other_uses_are_left(string statements) => VerifyAsync("var text = reply.Content[0].Text; " + statements);

    [Fact]
    public Task Arguments_of_a_tool_are_the_models() =>
        VerifyAsync(
            "object tool = Microsoft.Extensions.AI.AIFunctionFactory.Create(ReadNote); Use(tool);",
            """
            static string ReadNote(string name) => File.ReadAllText({|AIG3007:name|});
            static string ReadPlain(string name) => File.ReadAllText(name);
            static string ReadSafely(int number) => File.ReadAllText($"{number}.txt");
            static void Use(object tool) { }
            """);

    [Fact]
    public Task Address_of_a_generated_image_is_the_services() =>
        Verify.VerifyAnalyzerAsync(
            """
            using System.Net.Http;
            using System.Threading.Tasks;
            using OpenAI.Images;

            class C
            {
                async Task<byte[]> GetAsync(ImageClient client, HttpClient http)
                {
                    GeneratedImage image = await client.GenerateImageAsync("a cat");
                    return await http.GetByteArrayAsync(image.ImageUri);
                }
            }
            """);

    [Fact]
    public Task Place_of_the_teams_own_is_reported() =>
        VerifyAsync(
            "var text = reply.Content[0].Text; Shell({|AIG3007:text|}); Log(text); Launch({|AIG3007:text|});",
            """
            static void Shell([DangerousSink] string line) { }
            static void Launch(string line) { }
            static void Log(string line) { }
            """,
            static test => test.EditorConfig = "[*.cs]\naiguardrails.dangerous_sinks = C.Launch");

    private static Task VerifyAsync(string statements, string members = "", Action<AnalyzerTest>? configure = null) =>
        Verify.VerifyAnalyzerAsync(
            $$"""
            using System;
            using System.Data.Common;
            using System.Diagnostics;
            using System.IO;
            using System.Net.Http;
            using System.Text.Encodings.Web;
            using System.Text.Json;
            using System.Threading.Tasks;
            using AiGuardrails;
            using Microsoft.AspNetCore.Components;
            using Microsoft.CodeAnalysis.CSharp.Scripting;
            using Microsoft.EntityFrameworkCore;
            using OpenAI.Chat;

            public record Plan(string Sql);

            class C
            {
                async Task M(ChatClient client, HttpClient http, DbConnection connection, DatabaseFacade database, string argument)
                {
                    ChatCompletion reply = await client.CompleteChatAsync("Hi");
                    {{statements}}
                }

                static void Run(string line) => Process.Start(line);

                static void Note(string name) { var path = Path.Combine("notes", name); File.AppendAllText(path, "x"); }

                static void Guard(string path) { if (path.Contains("..", StringComparison.Ordinal)) { throw new InvalidOperationException(); } }

                static void Show(string line) => Console.WriteLine(line);

                {{members}}
            }

            // Packages that are not referenced, by their names.
            namespace Microsoft.EntityFrameworkCore
            {
                public class DatabaseFacade { }
                public static class RelationalDatabaseFacadeExtensions { public static int ExecuteSqlRaw(this DatabaseFacade database, string sql, params object[] parameters) => 0; }
            }

            namespace Microsoft.CodeAnalysis.CSharp.Scripting { public static class CSharpScript { public static Task<object> EvaluateAsync(string code) => null!; } }

            namespace Microsoft.AspNetCore.Components
            {
                public readonly struct MarkupString { public MarkupString(string value) { } public static explicit operator MarkupString(string value) => new(value); }
            }

            namespace Microsoft.Extensions.AI { public static class AIFunctionFactory { public static object Create(Delegate method) => null!; } }
            """,
            test =>
            {
                test.SilentWithoutSdk = false;
                configure?.Invoke(test);
            });
}
