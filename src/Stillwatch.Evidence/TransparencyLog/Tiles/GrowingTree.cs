using System.Buffers;
using Stillwatch.Evidence.Merkle;

namespace Stillwatch.Evidence.TransparencyLog.Tiles;

/// <summary>The right edge of a log in memory: takes entries, gives the files that they make.</summary>
/// <remarks>Holds one partial tile a level and one partial bundle. Not thread-safe.</remarks>
internal sealed class GrowingTree
{
    private readonly List<List<MerkleHash>> _edge = [];
    private readonly List<TileFile> _full = [];
    private readonly HashSet<int> _changed = [];
    private readonly CompactRange _range;
    private readonly ArrayBufferWriter<byte> _bundle = new();

    /// <summary>An empty log.</summary>
    public GrowingTree() => _range = new();

    private GrowingTree(CompactRange range) => _range = range;

    /// <summary>Entries so far.</summary>
    public ulong Size => _range.Size;

    /// <summary>The root of all entries so far.</summary>
    public MerkleHash Root => _range.Root;

    /// <summary>The right edge of a log that exists; checked against its root, and its last entries against their hashes.</summary>
    /// <exception cref="InvalidDataException">The files do not make up the tree.</exception>
    public static GrowingTree Load(TileStore tiles, MerkleHash root)
    {
        var tree = new GrowingTree(CompactRange.Of(tiles.Size, tiles));
        if (tree.Root != root)
        {
            throw new InvalidDataException($"The tiles give the root {tree.Root} for {tiles.Size} entries, the checkpoint {root}.");
        }

        for (var level = 0; TilePath.HasLevel(tiles.Size, level); level++)
        {
            var isFull = TilePath.PartialWidth(tiles.Size, level) == 0;
            tree._edge.Add(isFull ? [] : [.. tiles.Hashes(level, TilePath.Count(tiles.Size, level) / TilePath.FullWidth)]);
        }

        tree.LoadBundle(tiles);
        return tree;
    }

    /// <summary>Adds an entry.</summary>
    public void Append(ReadOnlySpan<byte> entry)
    {
        var leaf = Rfc6962.Leaf(entry);
        EntryBundle.Append(_bundle, entry);
        _range.Append(leaf);
        Add(0, leaf);
    }

    /// <summary>The files that changed since the last call: tiles and bundles that became full, and the partial ones at the edge.</summary>
    public IReadOnlyList<TileFile> TakeFiles()
    {
        List<TileFile> files = [.. TakeFull(), .. _changed.Order().SelectMany(Partial)];
        _changed.Clear();
        return files;
    }

    /// <summary>The tiles and bundles that became full since the last call.</summary>
    public List<TileFile> TakeFull()
    {
        List<TileFile> files = [.. _full];
        _full.Clear();
        return files;
    }

    /// <summary>The partial tiles and the partial bundle that end the tree.</summary>
    public List<TileFile> Edge() => [.. Enumerable.Range(0, _edge.Count).SelectMany(Partial)];

    private IEnumerable<TileFile> Partial(int level)
    {
        if (_edge[level].Count > 0)
        {
            yield return TileFile.OfHashes(level, Index(level), HashTile.Format(_edge[level]));
            if (level == 0)
            {
                yield return TileFile.OfEntries(Index(0), _edge[0].Count, _bundle.WrittenSpan.ToArray());
            }
        }
    }

    private void Add(int level, MerkleHash hash)
    {
        if (level == _edge.Count)
        {
            _edge.Add([]);
        }

        _changed.Add(level);
        _edge[level].Add(hash);
        if (_edge[level].Count == TilePath.FullWidth)
        {
            Complete(level);
        }
    }

    private void Complete(int level)
    {
        var hashes = _edge[level].ToArray();
        var index = (TilePath.Count(Size, level) / TilePath.FullWidth) - 1;
        _full.Add(TileFile.OfHashes(level, index, HashTile.Format(hashes)));
        if (level == 0)
        {
            _full.Add(TileFile.OfEntries(index, TilePath.FullWidth, _bundle.WrittenSpan.ToArray()));
            _bundle.ResetWrittenCount();
        }

        _edge[level].Clear();
        Add(level + 1, new HashTile(hashes).Node(TilePath.Height, 0));
    }

    /// <summary>The index of the partial tile of a level.</summary>
    private ulong Index(int level) => TilePath.Count(Size, level) / TilePath.FullWidth;

    private void LoadBundle(TileStore tiles)
    {
        if (TilePath.PartialWidth(Size, 0) == 0)
        {
            return;
        }

        var entries = tiles.Entries(Index(0));
        for (var i = 0; i < entries.Count; i++)
        {
            if (Rfc6962.Leaf(entries[i].Span) != _edge[0][i])
            {
                var index = (Index(0) * TilePath.FullWidth) + (ulong)i;
                throw new InvalidDataException($"Entry {index} is not the one that its tile has hashed.");
            }

            EntryBundle.Append(_bundle, entries[i].Span);
        }
    }
}
