using System.Text.Json;
using Stillwatch.Interactions.Reading;

namespace Stillwatch.Interactions.Formats;

/// <summary>
/// JSON that stands in a string of the record or in a table's cell, read with the same limits. One level: it is not re-entrant.
/// </summary>
internal sealed class NestedJson(RecordContext context)
{
    private const int Kept = 1 << 20;

    private readonly JsonReaderOptions _limits = new() { MaxDepth = context.Options.MaxDepth };
    private byte[] _copy = [];
    private int _length;

    /// <summary>Reads a value from where the reader stands on it.</summary>
    public delegate void Reading(ref Utf8JsonReader reader);

    /// <summary>The text that was read last, valid until the next one is read.</summary>
    public ReadOnlySpan<byte> Last => _copy.AsSpan(0, _length);

    /// <summary>Whether the text could be an object or array of JSON, and not a plain text.</summary>
    public static bool IsLikely(ReadOnlySpan<byte> text) => text.TrimStart(" \t\r\n"u8) is [(byte)'{' or (byte)'[', ..];

    /// <summary>Reads the value a text holds. Broken JSON is noted as a fault of the member; what was read of it stays.</summary>
    /// <param name="json">Copied, so that it may lie in the scratch of the record's texts.</param>
    /// <param name="member">The member's path for messages.</param>
    /// <param name="read">Called once, on the first token.</param>
    public void Read(ReadOnlySpan<byte> json, string member, Reading read)
    {
        if (!TryRead(json, read))
        {
            context.Repair(member, InputFaultReason.InvalidJson);
        }
    }

    /// <summary>Reads the value a text holds; false if it is no JSON, of which a part may have been read.</summary>
    public bool TryRead(ReadOnlySpan<byte> json, Reading read)
    {
        if (json.Length > _copy.Length || _copy.Length > Kept && json.Length <= Kept)
        {
            _copy = new byte[Math.Max(json.Length, 1 << 12)];
        }

        json.CopyTo(_copy);
        _length = json.Length;
        var reader = new Utf8JsonReader(Last, _limits);
        try
        {
            reader.Read();
            read(ref reader);
            return !reader.Read();
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
