namespace Stillwatch.Store.Ingestion;

/// <summary>Which labels the store is known to hold, in bounded memory: what was not met for long is forgotten and written again.</summary>
/// <remarks>Two generations of at most <paramref name="capacity"/> hashes; a hash met in the old one moves to the young one.</remarks>
/// <param name="capacity">Hashes of a generation; 11 to 22 bytes each.</param>
internal sealed class LabelSet(int capacity)
{
    private HashSet64 _young = new();
    private HashSet64 _old = new();

    /// <summary>Whether the label has to be written; remembers it as written.</summary>
    public bool Add(ulong hash)
    {
        if (!_young.Add(hash))
        {
            return false;
        }

        var isNew = !_old.Contains(hash);
        if (_young.Count >= capacity)
        {
            (_old, _young) = (_young, new HashSet64());
        }

        return isNew;
    }
}
