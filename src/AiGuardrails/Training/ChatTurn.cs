using AiGuardrails.Core.Training;
using AiGuardrails.Core.Training.Records;

namespace AiGuardrails;

/// <summary>Who says a turn of a conversation.</summary>
public enum ChatTurnRole
{
    /// <summary>The instructions.</summary>
    System,

    /// <summary>The user.</summary>
    User,

    /// <summary>The model.</summary>
    Assistant,

    /// <summary>A tool, in answer to a call.</summary>
    Tool,
}

/// <summary>A turn of a conversation: an item of a property marked <see cref="ConversationAttribute"/>. Turns of the same contents are equal.</summary>
public sealed class ChatTurn : IEquatable<ChatTurn>
{
    private readonly TurnData _data;

    internal ChatTurn(TurnData data)
    {
        _data = data;
        ToolCalls = [.. data.Calls.Select(static call => new ChatTurnCall(call))];
    }

    /// <summary>Gets who says it.</summary>
    public ChatTurnRole Role => _data.Kind switch
    {
        MessageKind.System => ChatTurnRole.System,
        MessageKind.User => ChatTurnRole.User,
        MessageKind.ToolResult => ChatTurnRole.Tool,
        _ => ChatTurnRole.Assistant,
    };

    /// <summary>Gets the text; null for calls of tools.</summary>
    public string? Text => _data.Text;

    /// <summary>Gets 1 for an answer that is trained on, 0 for one that is context only; null where nothing is said of it.</summary>
    public int? Weight => _data.Kind switch
    {
        MessageKind.AssistantNotTrained => 0,
        MessageKind.AssistantTrained => 1,
        _ => null,
    };

    /// <summary>Gets the tools that the model calls; empty for a turn of text.</summary>
    public IReadOnlyList<ChatTurnCall> ToolCalls { get; }

    /// <summary>Gets the identifier of the call that a tool answers; null for other roles, and where the target names the tool instead.</summary>
    public string? ToolCallId => _data.CallId;

    /// <summary>Gets the name of the tool that answers; null where it is not known.</summary>
    public string? ToolName => _data.ToolName;

    /// <summary>Gets the images of a user's turn: addresses, or data as <c>data:image/png;base64,…</c>.</summary>
    public IReadOnlyList<string> Images => _data.Images;

    internal TurnData Data => _data;

    /// <summary>Compares two turns.</summary>
    /// <param name="left">One.</param>
    /// <param name="right">The other.</param>
    /// <returns>Whether they say the same.</returns>
    public static bool operator ==(ChatTurn? left, ChatTurn? right) => left is null ? right is null : left.Equals(right);

    /// <summary>Compares two turns.</summary>
    /// <param name="left">One.</param>
    /// <param name="right">The other.</param>
    /// <returns>Whether they differ.</returns>
    public static bool operator !=(ChatTurn? left, ChatTurn? right) => !(left == right);

    /// <summary>Makes a turn of instructions.</summary>
    /// <param name="text">The text.</param>
    /// <returns>The turn.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="text"/> is null.</exception>
    public static ChatTurn System(string text) => new(new TurnData(MessageKind.System) { Text = text ?? throw new ArgumentNullException(nameof(text)) });

    /// <summary>Makes a turn of the user.</summary>
    /// <param name="text">The text.</param>
    /// <param name="images">The images that it speaks of: addresses, or data as <c>data:image/png;base64,…</c>. Few targets take them.</param>
    /// <returns>The turn.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="text"/> or <paramref name="images"/> is null.</exception>
    public static ChatTurn User(string text, params string[] images) => new(new TurnData(MessageKind.User)
    {
        Text = text ?? throw new ArgumentNullException(nameof(text)),
        Images = [.. images ?? throw new ArgumentNullException(nameof(images))],
    });

    /// <summary>Makes an answer of the model.</summary>
    /// <param name="text">The text.</param>
    /// <param name="weight">1 where it is trained on, 0 where it is context only; null to say nothing of it.</param>
    /// <returns>The turn.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="text"/> is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="weight"/> is neither 0 nor 1.</exception>
    public static ChatTurn Assistant(string text, int? weight = null) => new(new TurnData(weight switch
    {
        null => MessageKind.Assistant,
        0 => MessageKind.AssistantNotTrained,
        1 => MessageKind.AssistantTrained,
        _ => throw new ArgumentOutOfRangeException(nameof(weight), weight, "The weight of an answer is 0 or 1."),
    })
    { Text = text ?? throw new ArgumentNullException(nameof(text)) });

    /// <summary>Makes a turn in which the model calls tools.</summary>
    /// <param name="calls">The calls, at least one.</param>
    /// <returns>The turn.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="calls"/> is null.</exception>
    /// <exception cref="ArgumentException"><paramref name="calls"/> is empty.</exception>
    public static ChatTurn Calls(params ChatTurnCall[] calls)
    {
        if (calls is null)
        {
            throw new ArgumentNullException(nameof(calls));
        }

        return calls.Length > 0
            ? new ChatTurn(new TurnData(MessageKind.ToolCall) { Calls = [.. calls.Select(static call => call.Data)] })
            : throw new ArgumentException("A turn of calls has at least one.", nameof(calls));
    }

    /// <summary>Makes the answer of a tool.</summary>
    /// <param name="call">The call that it answers.</param>
    /// <param name="text">What the tool gave back.</param>
    /// <returns>The turn.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="call"/> or <paramref name="text"/> is null.</exception>
    public static ChatTurn ToolResult(ChatTurnCall call, string text)
    {
        if (call is null)
        {
            throw new ArgumentNullException(nameof(call));
        }

        return new ChatTurn(new TurnData(MessageKind.ToolResult)
        {
            CallId = call.Id,
            ToolName = call.Name,
            Text = text ?? throw new ArgumentNullException(nameof(text)),
        });
    }

    /// <inheritdoc/>
    public bool Equals(ChatTurn? other) =>
        other is not null
        && _data.Kind == other._data.Kind
        && string.Equals(_data.Text, other._data.Text, StringComparison.Ordinal)
        && (_data.CallId is null || other._data.CallId is null || string.Equals(_data.CallId, other._data.CallId, StringComparison.Ordinal))
        && (_data.ToolName is null || other._data.ToolName is null || string.Equals(_data.ToolName, other._data.ToolName, StringComparison.Ordinal))
        && _data.Images.SequenceEqual(other._data.Images, StringComparer.Ordinal)
        && _data.Calls.SequenceEqual(other._data.Calls);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as ChatTurn);

    /// <inheritdoc/>
    public override int GetHashCode() => unchecked(((int)_data.Kind * 397) ^ StringComparer.Ordinal.GetHashCode(_data.Text ?? ""));

    /// <summary>Gets the role and the text, for a log.</summary>
    /// <returns>For example <c>User: My invoice is wrong.</c></returns>
    public override string ToString() => $"{Role}: {Text ?? string.Join(", ", ToolCalls)}";
}

/// <summary>A call of a tool by the model.</summary>
public sealed class ChatTurnCall : IEquatable<ChatTurnCall>
{
    /// <summary>Initializes a new instance of the <see cref="ChatTurnCall"/> class.</summary>
    /// <param name="id">What the answer refers to. Mistral asks for exactly nine letters and digits.</param>
    /// <param name="name">The tool.</param>
    /// <param name="arguments">The arguments: a JSON object.</param>
    /// <exception cref="ArgumentNullException">One of them is null.</exception>
    public ChatTurnCall(string id, string name, string arguments)
        : this(new CallData(
            id ?? throw new ArgumentNullException(nameof(id)),
            name ?? throw new ArgumentNullException(nameof(name)),
            arguments ?? throw new ArgumentNullException(nameof(arguments))))
    {
    }

    internal ChatTurnCall(CallData data) => Data = data;

    /// <summary>Gets what the answer refers to.</summary>
    public string Id => Data.Id;

    /// <summary>Gets the tool.</summary>
    public string Name => Data.Name;

    /// <summary>Gets the arguments: a JSON object.</summary>
    public string Arguments => Data.Arguments;

    internal CallData Data { get; }

    /// <inheritdoc/>
    public bool Equals(ChatTurnCall? other) => other is not null && Data == other.Data;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as ChatTurnCall);

    /// <inheritdoc/>
    public override int GetHashCode() => StringComparer.Ordinal.GetHashCode(Id);

    /// <summary>Gets the call, for a log.</summary>
    /// <returns>For example <c>get_weather({"city":"Oslo"})</c>.</returns>
    public override string ToString() => $"{Name}({Arguments})";
}
