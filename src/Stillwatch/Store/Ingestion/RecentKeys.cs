namespace Stillwatch.Store.Ingestion;

/// <summary>
/// The identities of what was stored last, so that logs whose order is only nearly that of time are told apart from repeated ones without
/// asking the store.
/// </summary>
/// <remarks>
/// Invariant: everything stored that is later than <see cref="CompleteAfter"/> is a member. Two generations; when the young one is full,
/// the old one is forgotten and the bound moves to the latest time in it.
/// </remarks>
/// <param name="capacity">Identities of a generation; 11 to 22 bytes each.</param>
/// <param name="storedUpTo">The last moment of which anything was stored before.</param>
internal sealed class RecentKeys(int capacity, long storedUpTo)
{
    private HashSet64 _young = new();
    private HashSet64 _old = new();
    private long _youngLast = long.MinValue;
    private long _oldLast = long.MinValue;

    /// <summary>Of what is later than this, every stored interaction is known here.</summary>
    public long CompleteAfter { get; private set; } = storedUpTo;

    /// <summary>Whether the interaction is known to be stored.</summary>
    public bool Contains(ulong key) => _young.Contains(key) || _old.Contains(key);

    /// <summary>Notes an interaction that was stored.</summary>
    public void Add(ulong key, long timeMs)
    {
        if (timeMs <= CompleteAfter)
        {
            return;
        }

        _young.Add(key);
        _youngLast = Math.Max(_youngLast, timeMs);
        if (_young.Count >= capacity)
        {
            CompleteAfter = Math.Max(CompleteAfter, _oldLast);
            (_old, _oldLast) = (_young, _youngLast);
            (_young, _youngLast) = (new HashSet64(), long.MinValue);
        }
    }
}
