namespace Stillwatch.Simulation.Traffic;

/// <summary>
/// Exchanges of one hour in 24 bytes each, in any order until sorted. The sort key holds, from the highest bit: milliseconds within
/// the hour (22 bits), the account (26 bits), the low 16 bits of the ordinal; so it is unique and the order does not depend on who added
/// what.
/// </summary>
internal sealed class HourBucket
{
    /// <summary>Length of a bucket.</summary>
    public const long Milliseconds = 3_600_000;

    private const int OrdinalBits = 16;
    private const int AccountBits = 26;

    private ulong[] _keys = [];
    private Payload[] _payloads = [];

    public int Count { get; private set; }

    public void Add(in Exchange exchange)
    {
        if (Count == _keys.Length)
        {
            Grow(Math.Max(64, 2 * Count));
        }

        _keys[Count] = ((ulong)(exchange.TimeMs % Milliseconds) << (AccountBits + OrdinalBits))
            | ((ulong)exchange.Account << OrdinalBits)
            | (exchange.Ordinal & 0xffff);
        _payloads[Count++] = new Payload(exchange.Ordinal, exchange.Unit, exchange.Turn, exchange.IsCover);
    }

    /// <summary>Moves everything into <paramref name="target"/> and is empty afterwards.</summary>
    public void MoveTo(HourBucket target)
    {
        target.Grow(target.Count + Count);
        Array.Copy(_keys, 0, target._keys, target.Count, Count);
        Array.Copy(_payloads, 0, target._payloads, target.Count, Count);
        target.Count += Count;
        Count = 0;
    }

    public void Sort() => Array.Sort(_keys, _payloads, 0, Count);

    /// <summary>One of the exchanges.</summary>
    /// <param name="index">0 to <see cref="Count"/> − 1; in order of time once sorted.</param>
    /// <param name="hourMs">Milliseconds from the start of the scenario to the hour of this bucket.</param>
    public Exchange Get(int index, long hourMs)
    {
        var key = _keys[index];
        ref readonly var payload = ref _payloads[index];
        var account = (int)((key >> OrdinalBits) & ((1UL << AccountBits) - 1));
        var time = hourMs + (long)(key >> (AccountBits + OrdinalBits));
        return new Exchange(time, account, payload.Ordinal, payload.Unit, payload.Turn, payload.IsCover);
    }

    private void Grow(int capacity)
    {
        if (capacity > _keys.Length)
        {
            Array.Resize(ref _keys, capacity);
            Array.Resize(ref _payloads, capacity);
        }
    }

    private readonly record struct Payload(uint Ordinal, uint Unit, int Turn, bool IsCover);
}
