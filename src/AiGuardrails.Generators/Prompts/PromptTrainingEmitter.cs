namespace AiGuardrails.Generators.Prompts;

/// <summary>The member that makes a line of training data of the prompt: rendered by the same code that renders what is sent.</summary>
internal static class PromptTrainingEmitter
{
    private const string Record = "global::AiGuardrails.PromptTrainingRecord";
    private const string Fence = "global::AiGuardrails.PromptFence";

    public static void Emit(CodeWriter code, PromptDeclaration declaration)
    {
        var answer = declaration.Answer;
        var accessibility = answer?.Accessibility ?? "public";
        var type = answer?.Root.TypeName ?? "string";

        // Each run has another key for the fences of calls, and equal data shall give equal files.
        Summary(code, ", with the fences of training data: those of PromptFence.Deterministic", takesFence: false);
        code.Open($"{accessibility} {Record} ToTrainingRecord({type} answer)");
        code.Line($"return ToTrainingRecord(answer, {Fence}.Deterministic);");
        code.Close();
        code.Line();

        Summary(code, "", takesFence: true);
        code.Open($"{accessibility} {Record} ToTrainingRecord({type} answer, {Fence} fence)");
        if (answer?.Root.IsValueType != true)
        {
            code.Open("if (answer is null)");
            code.Line("throw new global::System.ArgumentNullException(nameof(answer));");
            code.Close();
            code.Line();
        }

        var text = "answer";
        if (answer is not null)
        {
            code.Line($"var json = new {PromptEmitter.Services}.AnswerJson();");
            code.Line($"{declaration.HelperName}.Write{PromptEmitter.Number(answer.Types.Count - 1)}(json, answer);");
            text = "json.ToString()";
        }

        code.Line($"return {PromptEmitter.Services}.PromptTraining.CreateRecord(Render(fence), PromptVersion, PromptHash, {text});");
        code.Close();
        code.Line();
    }

    private static void Summary(CodeWriter code, string fences, bool takesFence)
    {
        code.Line($"/// <summary>Renders the prompt and the answer that it should get as an example to train on{fences}.</summary>");
        code.Line("/// <param name=\"answer\">The answer.</param>");
        if (takesFence)
        {
            code.Line("/// <param name=\"fence\">What the fences around open text are keyed with.</param>");
        }

        code.Line("/// <returns>The example, for <see cref=\"global::AiGuardrails.TrainingFile\"/> to write.</returns>");
        code.Line(PromptEmitter.GeneratedCode);
    }
}
