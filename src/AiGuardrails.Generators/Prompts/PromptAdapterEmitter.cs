namespace AiGuardrails.Generators.Prompts;

/// <summary>The members that lead to an SDK; each only where the SDK is referenced.</summary>
internal static class PromptAdapterEmitter
{
    private const string Fence = "global::AiGuardrails.PromptFence";
    private const string Role = "global::AiGuardrails.BlockRole";

    public static void Emit(CodeWriter code, PromptDeclaration declaration, PromptAdapters adapters)
    {
        if (adapters.HasFlag(PromptAdapters.ExtensionsAI))
        {
            EmitExtensionsAI(code, declaration);
        }

        if (adapters.HasFlag(PromptAdapters.OpenAI))
        {
            EmitOpenAI(code, declaration);
        }

        if (adapters.HasFlag(PromptAdapters.Anthropic))
        {
            EmitAnthropic(code, declaration);
        }
    }

    private static void EmitExtensionsAI(CodeWriter code, PromptDeclaration declaration)
    {
        const string Message = "global::Microsoft.Extensions.AI.ChatMessage";
        const string ChatRole = "global::Microsoft.Extensions.AI.ChatRole";

        Messages(code, "ToChatMessages", Message, "Renders the prompt as messages of Microsoft.Extensions.AI");
        code.Open("switch (message.Role)");
        Case(code, "System", $"messages.Add(new {Message}({ChatRole}.System, message.Text));");
        Case(code, "Developer", $"messages.Add(new {Message}(new {ChatRole}(\"developer\"), message.Text));");
        Case(code, "Assistant", $"messages.Add(new {Message}({ChatRole}.Assistant, message.Text));");
        Default(code, $"messages.Add(new {Message}({ChatRole}.User, message.Text));");
        code.Close();
        EndMessages(code);

        code.Line("/// <summary>Makes the options of the call: the cap on tokens and the format of the answer, and the prompt's name for traces.</summary>");
        code.Line("/// <returns>The options.</returns>");
        code.Line(PromptEmitter.GeneratedCode);
        code.Open("public global::Microsoft.Extensions.AI.ChatOptions CreateOptions()");
        code.Line("var options = new global::Microsoft.Extensions.AI.ChatOptions();");
        if (declaration.MaxOutputTokens > 0)
        {
            code.Line($"options.MaxOutputTokens = {PromptEmitter.Number(declaration.MaxOutputTokens)};");
        }

        if (declaration.Answer is { } answer)
        {
            code.Open("using (var schema = global::System.Text.Json.JsonDocument.Parse(AnswerSchema))");
            code.Line($"options.ResponseFormat = global::Microsoft.Extensions.AI.ChatResponseFormat.ForJsonSchema(schema.RootElement.Clone(), {PromptEmitter.Literal(answer.SchemaName)}, null);");
            code.Close();
            code.Line();
        }

        code.Line("options.AdditionalProperties = new global::Microsoft.Extensions.AI.AdditionalPropertiesDictionary();");
        code.Line("options.AdditionalProperties[\"prompt_id\"] = PromptId;");
        code.Line("options.AdditionalProperties[\"prompt_version\"] = PromptVersion;");
        code.Line("options.AdditionalProperties[\"prompt_hash\"] = PromptHash;");
        code.Line("return options;");
        code.Close();
        code.Line();
    }

    private static void EmitOpenAI(CodeWriter code, PromptDeclaration declaration)
    {
        Messages(code, "ToOpenAIMessages", "global::OpenAI.Chat.ChatMessage", "Renders the prompt as messages of OpenAI .NET");
        code.Open("switch (message.Role)");
        Case(code, "System", "messages.Add(new global::OpenAI.Chat.SystemChatMessage(message.Text));");
        Case(code, "Developer", "messages.Add(new global::OpenAI.Chat.DeveloperChatMessage(message.Text));");
        Case(code, "Assistant", "messages.Add(new global::OpenAI.Chat.AssistantChatMessage(message.Text));");
        Default(code, "messages.Add(new global::OpenAI.Chat.UserChatMessage(message.Text));");
        code.Close();
        EndMessages(code);

        code.Line("/// <summary>Makes the options of the call: the cap on tokens and the format of the answer.</summary>");
        code.Line("/// <returns>The options.</returns>");
        code.Line(PromptEmitter.GeneratedCode);
        code.Open("public global::OpenAI.Chat.ChatCompletionOptions CreateOpenAIOptions()");
        code.Line("var options = new global::OpenAI.Chat.ChatCompletionOptions();");
        if (declaration.MaxOutputTokens > 0)
        {
            code.Line($"options.MaxOutputTokenCount = {PromptEmitter.Number(declaration.MaxOutputTokens)};");
        }

        if (declaration.Answer is { } answer)
        {
            code.Line($"options.ResponseFormat = global::OpenAI.Chat.ChatResponseFormat.CreateJsonSchemaFormat({PromptEmitter.Literal(answer.SchemaName)}, global::System.BinaryData.FromString(AnswerSchema), null, true);");
        }

        code.Line("return options;");
        code.Close();
        code.Line();
    }

    private static void EmitAnthropic(CodeWriter code, PromptDeclaration declaration)
    {
        const string Models = "global::Anthropic.Models.Messages";
        var maxTokens = declaration.MaxOutputTokens > 0 ? $" = {PromptEmitter.Number(declaration.MaxOutputTokens)}" : "";

        code.Line("/// <summary>Renders the prompt as the parameters of a call to Anthropic, with open text in fences of this process.</summary>");
        code.Line("/// <param name=\"model\">The model.</param>");
        code.Line("/// <param name=\"maxTokens\">The cap on the tokens of the answer.</param>");
        code.Line("/// <returns>The parameters.</returns>");
        code.Line(PromptEmitter.GeneratedCode);
        code.Open($"public {Models}.MessageCreateParams ToAnthropicParams(string model, long maxTokens{maxTokens})");
        code.Line("var instructions = new global::System.Collections.Generic.List<string>();");
        code.Line($"var messages = new global::System.Collections.Generic.List<{Models}.MessageParam>();");
        code.Open("foreach (var message in Render().Messages)");
        code.Open("switch (message.Role)");
        code.Line($"case {Role}.System:");
        Case(code, "Developer", "instructions.Add(message.Text);");
        Case(code, "Assistant", $"messages.Add(new {Models}.AssistantMessageParam(message.Text));");
        Default(code, $"messages.Add(new {Models}.UserMessageParam(message.Text));");
        code.Close();
        code.Close();
        code.Line();
        code.Line($"{Models}.MessageCreateParamsSystem? system = null;");
        code.Open("if (instructions.Count > 0)");
        code.Line("system = string.Join(\"\\n\\n\", instructions);");
        code.Close();
        code.Line();
        if (declaration.Answer is not null)
        {
            code.Line("var schema = new global::System.Collections.Generic.Dictionary<string, global::System.Text.Json.JsonElement>();");
            code.Open("using (var document = global::System.Text.Json.JsonDocument.Parse(AnswerSchema))");
            code.Open("foreach (var property in document.RootElement.EnumerateObject())");
            code.Line("schema.Add(property.Name, property.Value.Clone());");
            code.Close();
            code.Close();
            code.Line();
        }

        code.Line($"return new {Models}.MessageCreateParams");
        code.Open();
        code.Line("Model = model,");
        code.Line("MaxTokens = maxTokens,");
        code.Line("Messages = messages,");
        code.Line("System = system,");
        if (declaration.Answer is not null)
        {
            code.Line($"OutputConfig = new {Models}.OutputConfig {{ Format = new {Models}.JsonOutputFormat {{ Schema = schema }} }},");
        }

        code.Close(";");
        code.Close();
        code.Line();
    }

    private static void Messages(CodeWriter code, string name, string message, string summary)
    {
        code.Line($"/// <summary>{summary}, with open text in fences of this process.</summary>");
        code.Line("/// <returns>The messages.</returns>");
        code.Line(PromptEmitter.GeneratedCode);
        code.Open($"public global::System.Collections.Generic.List<{message}> {name}()");
        code.Line($"return {name}({Fence}.Process);");
        code.Close();
        code.Line();
        code.Line($"/// <summary>{summary}.</summary>");
        code.Line("/// <param name=\"fence\">What the fences around open text are keyed with.</param>");
        code.Line("/// <returns>The messages.</returns>");
        code.Line(PromptEmitter.GeneratedCode);
        code.Open($"public global::System.Collections.Generic.List<{message}> {name}({Fence} fence)");
        code.Line($"var messages = new global::System.Collections.Generic.List<{message}>();");
        code.Open("foreach (var message in Render(fence).Messages)");
    }

    private static void EndMessages(CodeWriter code)
    {
        code.Close();
        code.Line();
        code.Line("return messages;");
        code.Close();
        code.Line();
    }

    private static void Case(CodeWriter code, string role, string statement)
    {
        code.Line($"case {Role}.{role}:");
        code.Line("    " + statement);
        code.Line("    break;");
    }

    private static void Default(CodeWriter code, string statement)
    {
        code.Line("default:");
        code.Line("    " + statement);
        code.Line("    break;");
    }
}
