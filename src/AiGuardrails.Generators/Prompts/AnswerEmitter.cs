namespace AiGuardrails.Generators.Prompts;

/// <summary>The contract of an answer in, its reader and its writer out.</summary>
internal static class AnswerEmitter
{
    private const string Node = PromptEmitter.Services + ".AnswerNode";
    private const string Problem = "global::AiGuardrails.AnswerProblem";

    public static void EmitTryRead(CodeWriter code, PromptDeclaration declaration, AnswerContract answer, PromptAdapters adapters)
    {
        Summary(code, "Reads an answer.", "text", "The text of the answer.");
        code.Open($"{answer.Accessibility} static bool TryRead(string? text, {Out(answer, adapters)}, out {Problem} problem)");
        EmitFromText(code, declaration, answer, "text");
        code.Close();
        code.Line();

        if (adapters.HasFlag(PromptAdapters.ExtensionsAI))
        {
            Summary(code, "Reads an answer of Microsoft.Extensions.AI.", "response", "The answer.");
            code.Open($"{answer.Accessibility} static bool TryRead(global::Microsoft.Extensions.AI.ChatResponse response, {Out(answer, adapters)}, out {Problem} problem)");
            EmitStops(
                code,
                ("response.FinishReason == global::Microsoft.Extensions.AI.ChatFinishReason.Length", "Truncated"),
                ("response.FinishReason == global::Microsoft.Extensions.AI.ChatFinishReason.ContentFilter", "Filtered"),
                ("global::System.Linq.Enumerable.Any(response.Messages, message => global::System.Linq.Enumerable.Any(global::System.Linq.Enumerable.OfType<global::Microsoft.Extensions.AI.ErrorContent>(message.Contents), content => content.ErrorCode == \"Refusal\"))", "Refused"));
            EmitFromText(code, declaration, answer, "response.Text");
            code.Close();
            code.Line();
        }

        if (adapters.HasFlag(PromptAdapters.OpenAI))
        {
            Summary(code, "Reads an answer of OpenAI .NET.", "completion", "The answer.");
            code.Open($"{answer.Accessibility} static bool TryRead(global::OpenAI.Chat.ChatCompletion completion, {Out(answer, adapters)}, out {Problem} problem)");
            EmitStops(
                code,
                ("completion.FinishReason == global::OpenAI.Chat.ChatFinishReason.Length", "Truncated"),
                ("completion.FinishReason == global::OpenAI.Chat.ChatFinishReason.ContentFilter", "Filtered"),
                ("!string.IsNullOrEmpty(completion.Refusal)", "Refused"));
            EmitFromText(code, declaration, answer, "string.Concat(global::System.Linq.Enumerable.Select(completion.Content, part => part.Text))");
            code.Close();
            code.Line();
        }

        if (adapters.HasFlag(PromptAdapters.Anthropic))
        {
            Summary(code, "Reads an answer of Anthropic.", "message", "The answer.");
            code.Open($"{answer.Accessibility} static bool TryRead(global::Anthropic.Models.Messages.Message message, {Out(answer, adapters)}, out {Problem} problem)");
            EmitStops(
                code,
                ("message.StopReason == \"max_tokens\" || message.StopReason == \"model_context_window_exceeded\"", "Truncated"),
                ("message.StopReason == \"refusal\"", "Refused"));
            EmitFromText(code, declaration, answer, "string.Concat(global::System.Linq.Enumerable.Select(message.Content, block => block.TryPickText(out var text) ? text.Text : \"\"))");
            code.Close();
            code.Line();
        }
    }

    public static void EmitTypes(CodeWriter code, AnswerContract answer)
    {
        for (var i = 0; i < answer.Types.Count; i++)
        {
            code.Line();
            EmitRead(code, answer, i);
            code.Line();
            EmitWrite(code, answer, i);
        }
    }

    private static void Summary(CodeWriter code, string summary, string parameter, string meaning)
    {
        code.Line($"/// <summary>{summary}</summary>");
        code.Line($"/// <param name=\"{parameter}\">{meaning}</param>");
        code.Line("/// <param name=\"answer\">What it says.</param>");
        code.Line("/// <param name=\"problem\">Why it could not be read.</param>");
        code.Line("/// <returns>Whether it was read.</returns>");
        code.Line(PromptEmitter.GeneratedCode);
    }

    private static string Out(AnswerContract answer, PromptAdapters adapters) =>
        answer.Root.IsValueType ? $"out {answer.Root.TypeName} answer"
        : $"{(adapters.HasFlag(PromptAdapters.NotNullWhen) ? "[global::System.Diagnostics.CodeAnalysis.NotNullWhen(true)] " : "")}out {answer.Root.TypeName}? answer";

    private static void EmitStops(CodeWriter code, params (string Condition, string Problem)[] stops)
    {
        foreach (var (condition, problem) in stops)
        {
            code.Open($"if ({condition})");
            code.Line("answer = default;");
            code.Line($"problem = {Problem}.{problem};");
            code.Line("return false;");
            code.Close();
            code.Line();
        }
    }

    private static void EmitFromText(CodeWriter code, PromptDeclaration declaration, AnswerContract answer, string text)
    {
        code.Line($"var json = {Node}.Parse({text}, out problem);");
        code.Open("if (json is null)");
        code.Line("answer = default;");
        code.Line("return false;");
        code.Close();
        code.Line();
        code.Open($"if ({declaration.HelperName}.Read{PromptEmitter.Number(answer.Types.Count - 1)}(json, out var value))");
        code.Line("answer = value;");
        code.Line("return true;");
        code.Close();
        code.Line();
        code.Line("answer = default;");
        code.Line($"problem = {Problem}.WrongShape;");
        code.Line("return false;");
    }

    // A method for each type: what is null, and may be, is read as such by whoever calls it.
    private static void EmitRead(CodeWriter code, AnswerContract answer, int index)
    {
        var type = answer.Types[index];
        code.Open($"public static bool Read{PromptEmitter.Number(index)}({Node} json, out {type.TypeName} value)");
        switch (type.Kind)
        {
            case AnswerKind.Text:
                code.Line("return json.TryText(out value);");
                break;
            case AnswerKind.Truth:
                code.Line("return json.TryTruth(out value);");
                break;
            case AnswerKind.Double:
                code.Line("return json.TryDouble(out value);");
                break;
            case AnswerKind.Decimal:
                code.Line("return json.TryDecimal(out value);");
                break;
            case AnswerKind.Parsed when type.TypeName is "global::System.DateOnly" or "global::System.TimeOnly":
                // Platforms have these that the older of the two run-time libraries knows nothing of.
                code.Line("value = default;");
                code.Line($"return json.TryText(out var text) && {type.TypeName}.TryParse(text, global::System.Globalization.CultureInfo.InvariantCulture, global::System.Globalization.DateTimeStyles.None, out value);");
                break;
            case AnswerKind.Parsed:
                code.Line("return json.TryParse(out value);");
                break;
            case AnswerKind.Single:
                code.Line("var isRead = json.TryDouble(out var number) && number >= float.MinValue && number <= float.MaxValue;");
                code.Line("value = isRead ? (float)number : 0;");
                code.Line("return isRead;");
                break;
            case AnswerKind.Integer:
                code.Line($"var isRead = json.TryInteger({type.TypeName}.MinValue, {type.TypeName}.MaxValue, out var number);");
                code.Line($"value = ({type.TypeName})number;");
                code.Line("return isRead;");
                break;
            case AnswerKind.Enumeration:
                code.Open("switch (json.TryText(out var text) ? text : null)");
                foreach (var name in type.Names)
                {
                    code.Line($"case {PromptEmitter.Literal(name.Json)}:");
                    code.Line($"    value = {type.TypeName}.{name.Identifier};");
                    code.Line("    return true;");
                }

                code.Line("default:");
                code.Line("    value = default;");
                code.Line("    return false;");
                code.Close();
                break;
            case AnswerKind.List:
                EmitReadList(code, answer, type);
                break;
            default:
                EmitReadObject(code, answer, type);
                break;
        }

        code.Close();
    }

    private static void EmitReadList(CodeWriter code, AnswerContract answer, AnswerType type)
    {
        var element = answer.Types[type.Element];
        code.Line($"var list = new global::System.Collections.Generic.List<{element.TypeName}{Mark(element)}>();");
        code.Line($"value = {(type.IsArray ? $"global::System.Array.Empty<{element.TypeName}{Mark(element)}>()" : "list")};");
        code.Open("if (json.Items is null)");
        code.Line("return false;");
        code.Close();
        code.Line();
        code.Open("foreach (var item in json.Items)");
        EmitReadValue(code, element, type.Element, "item", "read");
        code.Line("list.Add(read);");
        code.Close();
        code.Line();
        if (type.IsArray)
        {
            code.Line("value = list.ToArray();");
        }

        code.Line("return true;");
    }

    private static void EmitReadObject(CodeWriter code, AnswerContract answer, AnswerType type)
    {
        code.Line("value = default!;");
        code.Open("if (!json.IsObject)");
        code.Line("return false;");
        code.Close();
        code.Line();
        for (var i = 0; i < type.Fields.Count; i++)
        {
            var field = type.Fields[i];
            var node = $"node{PromptEmitter.Number(i)}";
            code.Line($"var {node} = json.Property({PromptEmitter.Literal(field.Json)});");
            EmitReadValue(code, answer.Types[field.Type], field.Type, node, $"field{PromptEmitter.Number(i)}");
        }

        var arguments = string.Join(", ", type.Fields.Select(static (field, i) => (field, i)).Where(static pair => pair.field.Parameter is not null).Select(static pair => $"{pair.field.Parameter}: field{PromptEmitter.Number(pair.i)}"));
        if (type.Fields.All(static field => field.Parameter is not null))
        {
            code.Line($"value = new {type.TypeName}({arguments});");
        }
        else
        {
            code.Line($"value = new {type.TypeName}({arguments})");
            code.Open();
            for (var i = 0; i < type.Fields.Count; i++)
            {
                if (type.Fields[i].Parameter is null)
                {
                    code.Line($"{type.Fields[i].Identifier} = field{PromptEmitter.Number(i)},");
                }
            }

            code.Close(";");
        }

        code.Line("return true;");
    }

    /// <summary>Declares a variable and reads it; returns false from the method where that fails.</summary>
    private static void EmitReadValue(CodeWriter code, AnswerType type, int index, string node, string variable)
    {
        var read = $"Read{PromptEmitter.Number(index)}";
        if (type.IsNullable)
        {
            code.Line($"{type.TypeName}? {variable} = null;");
            code.Open($"if ({node} != null && !{node}.IsNull)");
            code.Open($"if (!{read}({node}, out var {variable}Value))");
            code.Line("return false;");
            code.Close();
            code.Line();
            code.Line($"{variable} = {variable}Value;");
            code.Close();
            code.Line();
        }
        else
        {
            code.Open($"if ({node} is null || !{read}({node}, out var {variable}))");
            code.Line("return false;");
            code.Close();
            code.Line();
        }
    }

    private static void EmitWrite(CodeWriter code, AnswerContract answer, int index)
    {
        var type = answer.Types[index];
        code.Open($"public static void Write{PromptEmitter.Number(index)}({PromptEmitter.Services}.AnswerJson json, {type.TypeName}{Mark(type)} value)");
        if (type.IsNullable)
        {
            code.Open("if (value is null)");
            code.Line("json.Null();");
            code.Line("return;");
            code.Close();
            code.Line();
        }

        var known = type is { IsNullable: true, IsValueType: true } ? "value.Value" : "value";
        switch (type.Kind)
        {
            case AnswerKind.Text:
                code.Line("json.Text(value);");
                break;
            case AnswerKind.Enumeration:
                code.Line($"json.Text({known}.ToString());");
                break;
            case AnswerKind.List:
                code.Line("json.BeginList();");
                code.Open("foreach (var item in value)");
                code.Line($"Write{PromptEmitter.Number(type.Element)}(json, item);");
                code.Close();
                code.Line();
                code.Line("json.EndList();");
                break;
            case AnswerKind.Object:
                code.Line("json.BeginObject();");
                foreach (var field in type.Fields)
                {
                    code.Line($"json.Name({PromptEmitter.Literal(field.Json)});");
                    code.Line($"Write{PromptEmitter.Number(field.Type)}(json, {known}.{field.Identifier});");
                }

                code.Line("json.EndObject();");
                break;
            default:
                code.Line($"json.Value({known});");
                break;
        }

        code.Close();
    }

    private static string Mark(AnswerType type) => type.IsNullable ? "?" : "";
}
