using System.Text.Json;

namespace Stillwatch.Gateway.Dialects;

/// <summary>
/// The members of an object, or the elements of a list, of which some are to go. What goes takes the comma before it along, what goes
/// before the first that stays the comma after it.
/// </summary>
/// <remarks>The reader stands on the beginning of the object or list; whoever keeps an item moves the reader to its end.</remarks>
internal ref struct JsonItems(ReadOnlySpan<byte> text, JsonEdits edits)
{
    private readonly ReadOnlySpan<byte> _text = text;
    private int _previousEnd;
    private (int Start, int End) _head;

    /// <summary>Whether an item stays so far.</summary>
    public bool HasKept { get; private set; }

    /// <summary>Moves onto the next item: a name, or an element. False at the end.</summary>
    public bool Next(ref Utf8JsonReader json)
    {
        _previousEnd = (int)json.BytesConsumed;
        var hasNext = json.Read() && json.TokenType is not (JsonTokenType.EndObject or JsonTokenType.EndArray);
        if (_head.End > 0)
        {
            var comma = hasNext ? _text[_head.End..(int)json.TokenStartIndex].IndexOf((byte)',') + 1 : 0;
            edits.Remove(_head.Start, _head.End + comma);
            _head = default;
        }

        return hasNext;
    }

    /// <summary>Takes the item out; the reader is then at its end.</summary>
    public void Remove(ref Utf8JsonReader json)
    {
        var start = (int)json.TokenStartIndex;
        if (json.TokenType is JsonTokenType.PropertyName)
        {
            json.Read();
        }

        json.Skip();
        if (HasKept)
        {
            edits.Remove(_previousEnd, (int)json.BytesConsumed);
        }
        else
        {
            _head = (start, (int)json.BytesConsumed);
        }
    }

    /// <summary>Leaves the item; of a member the reader then stands on its value.</summary>
    public void Keep(ref Utf8JsonReader json)
    {
        HasKept = true;
        if (json.TokenType is JsonTokenType.PropertyName)
        {
            json.Read();
        }
    }

    /// <summary>Adds a member behind the last; the reader stands on the end of the object.</summary>
    public readonly void Add(ref Utf8JsonReader json, scoped ReadOnlySpan<byte> member)
    {
        var at = (int)json.TokenStartIndex;
        edits.Replace(at, at, HasKept ? [.. ","u8, .. member] : member);
    }
}
