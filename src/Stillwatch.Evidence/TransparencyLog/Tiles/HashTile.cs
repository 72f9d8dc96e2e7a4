using Stillwatch.Evidence.Merkle;

namespace Stillwatch.Evidence.TransparencyLog.Tiles;

/// <summary>A tile of hashes, and the nodes of the tree above them that lie in it.</summary>
internal sealed class HashTile
{
    private readonly MerkleHash[][] _levels;

    /// <summary>Computes the nodes; at most 255 hashes.</summary>
    public HashTile(MerkleHash[] hashes)
    {
        var levels = new List<MerkleHash[]> { hashes };
        while (levels[^1].Length > 1)
        {
            var below = levels[^1];
            var level = new MerkleHash[below.Length / 2];
            for (var i = 0; i < level.Length; i++)
            {
                level[i] = Rfc6962.Node(below[2 * i], below[(2 * i) + 1]);
            }

            levels.Add(level);
        }

        _levels = [.. levels];
    }

    /// <summary>A node by its level above the tile's hashes, 0 to 8, and its place from the left.</summary>
    public MerkleHash Node(int level, int place) => _levels[level][place];

    /// <summary>Cuts a tile's bytes; the first <paramref name="width"/> hashes are taken.</summary>
    /// <exception cref="InvalidDataException">There are fewer, or something else.</exception>
    public static MerkleHash[] Parse(ReadOnlySpan<byte> bytes, int width)
    {
        if (bytes.Length < width * MerkleHash.Length || bytes.Length % MerkleHash.Length != 0)
        {
            throw new InvalidDataException($"A tile of {width} hashes has {width * MerkleHash.Length} bytes, not {bytes.Length}.");
        }

        var hashes = new MerkleHash[width];
        for (var i = 0; i < width; i++)
        {
            hashes[i] = new(bytes.Slice(i * MerkleHash.Length, MerkleHash.Length));
        }

        return hashes;
    }

    /// <summary>The bytes of a tile.</summary>
    public static byte[] Format(IReadOnlyList<MerkleHash> hashes)
    {
        var bytes = new byte[hashes.Count * MerkleHash.Length];
        for (var i = 0; i < hashes.Count; i++)
        {
            hashes[i].CopyTo(bytes.AsSpan(i * MerkleHash.Length));
        }

        return bytes;
    }
}
