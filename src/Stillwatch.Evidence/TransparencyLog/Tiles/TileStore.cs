using Stillwatch.Evidence.Merkle;
using Stillwatch.Evidence.Storage;

namespace Stillwatch.Evidence.TransparencyLog.Tiles;

/// <summary>
/// Reads the tiles and bundles that a tree of one size is made of. What it gives is as good as the files are: compare roots.
/// </summary>
/// <remarks>A partial tile may have been replaced by the full one since; then the beginning of that is taken. Not thread-safe.</remarks>
internal sealed class TileStore(IFileOperations files, string directory, ulong size) : ITreeNodes
{
    private const int MaxTileBytes = TilePath.FullWidth * MerkleHash.Length;
    private const int MaxCachedTiles = 1024;

    private readonly Dictionary<(int Level, ulong Index), HashTile> _cache = [];

    /// <summary>Leaves of the tree.</summary>
    public ulong Size => size;

    /// <inheritdoc/>
    public MerkleHash Hash(TreeNode node)
    {
        var (level, inner) = (node.Level / TilePath.Height, node.Level % TilePath.Height);
        var shift = TilePath.Height - inner;
        var tile = Tile(level, node.Index >> shift);
        return tile.Node(inner, (int)(node.Index & ((1UL << shift) - 1)));
    }

    /// <summary>The hashes of a tile.</summary>
    public MerkleHash[] Hashes(int level, ulong index)
    {
        var width = Width(level, index);
        var full = TilePath.OfHashes(level, index, TilePath.FullWidth);
        return Read(TilePath.OfHashes(level, index, width), full, MaxTileBytes, (bytes, _) => HashTile.Parse(bytes, width));
    }

    /// <summary>The entries of a bundle.</summary>
    public IReadOnlyList<ReadOnlyMemory<byte>> Entries(ulong index)
    {
        var width = Width(0, index);
        return Read(
            TilePath.OfEntries(index, width),
            TilePath.OfEntries(index, TilePath.FullWidth),
            EntryBundle.MaxBytes,
            (bytes, isPrefix) => EntryBundle.Parse(isPrefix ? bytes.AsMemory(0, EntryBundle.PrefixLength(bytes, width)) : bytes, width));
    }

    /// <summary>How many hashes or entries the tree has in a tile.</summary>
    private int Width(int level, ulong index)
    {
        var left = TilePath.Count(size, level) - (index * TilePath.FullWidth);
        return (int)Math.Min(left, TilePath.FullWidth);
    }

    private HashTile Tile(int level, ulong index)
    {
        if (!_cache.TryGetValue((level, index), out var tile))
        {
            if (_cache.Count == MaxCachedTiles)
            {
                _cache.Clear();
            }

            tile = new(Hashes(level, index));
            _cache.Add((level, index), tile);
        }

        return tile;
    }

    /// <param name="path">The file for the width that is asked for.</param>
    /// <param name="full">The file that may have replaced it.</param>
    /// <param name="maxBytes">What is read at most.</param>
    /// <param name="parse">Reads the bytes; told whether they may go on beyond that width.</param>
    private T Read<T>(string path, string full, int maxBytes, Func<byte[], bool, T> parse)
    {
        var bytes = files.Read(Path.Combine(directory, path), maxBytes);
        var isPrefix = bytes is null && path != full;
        bytes ??= files.Read(Path.Combine(directory, full), maxBytes);
        if (bytes is null)
        {
            throw new InvalidDataException($"{path} is missing.");
        }

        try
        {
            return parse(bytes, isPrefix);
        }
        catch (InvalidDataException fault)
        {
            throw new InvalidDataException($"{path}: {fault.Message}", fault);
        }
    }
}
