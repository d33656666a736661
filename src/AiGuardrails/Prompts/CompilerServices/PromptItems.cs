namespace AiGuardrails.CompilerServices;

/// <summary>The items of an input that is a list. A list is read by its indexes, which needs no object; anything else by its enumerator.</summary>
internal struct PromptItems : IDisposable
{
    private readonly IReadOnlyList<object?>? _list;
    private readonly IEnumerator<object?>? _enumerator;
    private int _next;

    public PromptItems(IEnumerable<object?>? values)
    {
        _list = values as IReadOnlyList<object?>;
        _enumerator = _list is null ? values?.GetEnumerator() : null;
        Current = null;
    }

    public object? Current { get; private set; }

    public readonly PromptItems GetEnumerator() => this;

    public bool MoveNext()
    {
        if (_list is null ? _enumerator?.MoveNext() != true : _next >= _list.Count)
        {
            return false;
        }

        Current = _list is null ? _enumerator!.Current : _list[_next++];
        return true;
    }

    public readonly void Dispose() => _enumerator?.Dispose();
}
