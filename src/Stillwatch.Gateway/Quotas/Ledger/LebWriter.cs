using System.Text;

namespace Stillwatch.Gateway.Quotas.Ledger;

/// <summary>Writes unsigned LEB128 numbers, bytes and texts one after another.</summary>
internal ref struct LebWriter(Span<byte> to)
{
    private readonly Span<byte> _to = to;

    public int Length { get; private set; }

    public void Byte(byte value) => _to[Length++] = value;

    public void Number(long value)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(value);
        var rest = (ulong)value;
        while (rest >= 0x80)
        {
            _to[Length++] = (byte)(rest | 0x80);
            rest >>= 7;
        }

        _to[Length++] = (byte)rest;
    }

    public void Text(string text)
    {
        Number(Encoding.UTF8.GetByteCount(text));
        Length += Encoding.UTF8.GetBytes(text, _to[Length..]);
    }
}
