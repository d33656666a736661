using AiGuardrails.Analyzers.Sdks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AiGuardrails.Analyzers.Flow.Requests;

/// <summary>Uploads of files: what they are for, what the file is called, and which upload an ID comes from.</summary>
internal static class UploadedFiles
{
    private const int MaxDepth = 8;

    /// <summary>The word for what the file is uploaded for, or null where the call is no upload or does not tell.</summary>
    public static string? PurposeOf(IInvocationOperation call, AiContext ai, CancellationToken cancellationToken)
    {
        var purpose = call.Arguments.FirstOrDefault(argument => argument.Parameter is { } parameter && ai.IsUploadPurposeParameter(parameter));
        if (purpose is null || ValueSources.Of(purpose.Value, cancellationToken) is not [{ Value: var source }])
        {
            return null;
        }

        // new FileUploadPurpose("fine-tune")
        return ai.UploadPurposeOf(source is IObjectCreationOperation { Arguments: [var word] } ? word.Value : source);
    }

    /// <summary>What the file of an upload may be called, by its name or its path.</summary>
    public static IEnumerable<PartialText> NamesOf(IInvocationOperation call, AiContext ai, CancellationToken cancellationToken) =>
        call.Arguments
            .Where(argument => argument.Parameter is { } parameter && ai.IsUploadFileParameter(parameter))
            .SelectMany(argument => NamesOf(argument.Value, depth: 0, cancellationToken));

    /// <summary>The purpose of the upload whose result the ID is taken from, or null where that is not in view.</summary>
    public static string? PurposeBehind(IOperation id, AiContext ai, CancellationToken cancellationToken) =>
        CallBehind(id, cancellationToken) is { } call ? PurposeOf(call, ai, cancellationToken) : null;

    /// <summary>The call whose result has the ID, such as an upload, or null where that is not in view.</summary>
    public static IInvocationOperation? CallBehind(IOperation id, CancellationToken cancellationToken)
    {
        var current = id;
        var isId = false;
        for (var depth = 0; depth < MaxDepth; depth++)
        {
            if (ValueSources.Of(current, cancellationToken) is not [{ Value: var source }])
            {
                return null;
            }

            switch (source)
            {
                case IPropertyReferenceOperation { Property.Name: "Id", Instance: { } file } when !isId:
                    isId = true;
                    current = file;
                    break;

                // The answer in its wrapper, and the task of it.
                case IPropertyReferenceOperation { Property.Name: "Value" or "Result", Instance: { } wrapper }:
                    current = wrapper;
                    break;

                case IInvocationOperation { TargetMethod.Name: "GetAwaiter" or "GetResult" or "ConfigureAwait", Instance: { } task }:
                    current = task;
                    break;

                case IInvocationOperation upload:
                    return isId ? upload : null;

                default:
                    return null;
            }
        }

        return null;
    }

    private static IEnumerable<PartialText> NamesOf(IOperation value, int depth, CancellationToken cancellationToken)
    {
        if (depth > MaxDepth)
        {
            return [];
        }

        return ValueSources.Of(value, cancellationToken).SelectMany(source => source.Value switch
        {
            IInvocationOperation { TargetMethod: { ContainingType: { Name: "Path", ContainingNamespace.Name: "IO" } } method } call => method.Name switch
            {
                "Combine" or "Join" => LastPart(call) is { } last ? NamesOf(last, depth + 1, cancellationToken) : [],
                "GetFileName" or "GetFullPath" => NamesOf(call.Arguments[0].Value, depth + 1, cancellationToken),
                "ChangeExtension" when call.ArgumentNamed("extension") is { } extension =>
                    PartialTexts.Of(extension.Value, cancellationToken).Select(static text => text with { Text = PartialTexts.Hole + "." + text.Text.TrimStart('.') }),
                _ => [],
            },
            var other => PartialTexts.Of(other, cancellationToken),
        });
    }

    private static IOperation? LastPart(IInvocationOperation call) => call.Arguments.LastOrDefault() switch
    {
        { } argument when argument.ParamsElements() is [.., var last] => last,
        { Parameter.Type.SpecialType: SpecialType.System_String } last => last.Value,
        _ => null,
    };
}
