using System.Text;

namespace Stillwatch.Gateway.Quotas.Ledger;

/// <summary>Reads what <see cref="LebWriter"/> wrote.</summary>
internal ref struct LebReader(ReadOnlySpan<byte> from)
{
    private readonly ReadOnlySpan<byte> _from = from;
    private int _at;

    /// <exception cref="InvalidDataException">The record ends before.</exception>
    public byte Byte() => _at < _from.Length ? _from[_at++] : throw new InvalidDataException("A record ends in the middle.");

    /// <exception cref="InvalidDataException">The record ends before, or the number has more than 63 bits.</exception>
    public long Number()
    {
        var value = 0L;
        for (var shift = 0; shift < 63; shift += 7)
        {
            var part = Byte();
            value |= (long)(part & 0x7F) << shift;
            if (part < 0x80)
            {
                return value;
            }
        }

        throw new InvalidDataException("A record has a number of more than 63 bits.");
    }

    /// <exception cref="InvalidDataException">The record ends before.</exception>
    public string Text()
    {
        var length = Number();
        if (length > _from.Length - _at)
        {
            throw new InvalidDataException("A record ends in the middle.");
        }

        var text = Encoding.UTF8.GetString(_from.Slice(_at, (int)length));
        _at += (int)length;
        return text;
    }
}
