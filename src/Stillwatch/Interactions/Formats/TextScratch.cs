namespace Stillwatch.Interactions.Formats;

/// <summary>The unescaped texts of the record being read, one after another, reused from record to record by one parser.</summary>
/// <remarks>
/// Texts of a record are never longer than the record, so one reservation a record is the only growth. What a long record made it
/// grow to is given up after it.
/// </remarks>
internal sealed class TextScratch
{
    private const int Kept = 1 << 20;

    private byte[] _bytes = new byte[1 << 14];
    private int _used;

    /// <summary>Forgets the last record and makes room for the texts of the next.</summary>
    public void Begin(int recordLength)
    {
        _used = 0;
        if (recordLength > _bytes.Length || _bytes.Length > Kept && recordLength <= Kept)
        {
            _bytes = new byte[Math.Max(recordLength, 1 << 14)];
        }
    }

    /// <summary>Keeps a text.</summary>
    public TextRange Append(ReadOnlySpan<byte> text)
    {
        text.CopyTo(_bytes.AsSpan(_used));
        return Keep(text.Length);
    }

    /// <summary>Keeps a string of JSON in its plain form.</summary>
    public TextRange AppendUnescaped(ReadOnlySpan<byte> escaped) => Keep(JsonText.Unescape(escaped, _bytes.AsSpan(_used)));

    /// <summary>The plain form of a string of JSON, valid until the next call.</summary>
    public ReadOnlySpan<byte> Unescape(ReadOnlySpan<byte> escaped) =>
        _bytes.AsSpan(_used, JsonText.Unescape(escaped, _bytes.AsSpan(_used)));

    /// <summary>The plain form of a table's quoted field, valid until the next call.</summary>
    public ReadOnlySpan<byte> Unquote(ReadOnlySpan<byte> field) => _bytes.AsSpan(_used, CsvText.Unquote(field, _bytes.AsSpan(_used)));

    /// <summary>From the start of a range up to all that was kept since, as one range.</summary>
    public TextRange Since(int start) => new(start, _used - start);

    /// <summary>Forgets all that was kept from a position on.</summary>
    public void Truncate(int position) => _used = position;

    /// <summary>Where the next text will start.</summary>
    public int Position => _used;

    /// <summary>A text that was kept.</summary>
    public ReadOnlySpan<byte> this[TextRange range] => _bytes.AsSpan(range.Start, range.Length);

    /// <summary>All texts as memory of their own; ranges stay valid in it.</summary>
    public ReadOnlyMemory<byte> Detach()
    {
        var owned = GC.AllocateUninitializedArray<byte>(_used);
        _bytes.AsSpan(0, _used).CopyTo(owned);
        return owned;
    }

    private TextRange Keep(int length)
    {
        var range = new TextRange(_used, length);
        _used += length;
        return range;
    }
}
