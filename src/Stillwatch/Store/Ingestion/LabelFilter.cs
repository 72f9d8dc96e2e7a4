namespace Stillwatch.Store.Ingestion;

/// <summary>Remembers which labels one worker handed over lately, so that few are handed over twice.</summary>
/// <remarks>
/// Direct-mapped and of fixed size: whoever chooses the values can make it forget, never make it claim what it has not seen.
/// </remarks>
internal sealed class LabelFilter
{
    private const int Bits = 15;

    private readonly ulong[] _slots = new ulong[1 << Bits];

    /// <summary>Whether the label was not handed over lately; remembers it.</summary>
    public bool Add(ulong hash)
    {
        ref var slot = ref _slots[hash >> (64 - Bits)];
        var isNew = slot != hash;
        slot = hash;
        return isNew;
    }
}
