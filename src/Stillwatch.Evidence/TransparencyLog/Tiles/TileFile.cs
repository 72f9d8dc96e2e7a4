using Stillwatch.Evidence.Merkle;

namespace Stillwatch.Evidence.TransparencyLog.Tiles;

/// <summary>A tile or a bundle as a file.</summary>
/// <param name="Path">Relative to the log.</param>
/// <param name="FullPath">The path that it has, or will have once it is full.</param>
/// <param name="Width">Hashes or entries in it.</param>
/// <param name="HoldsEntries">Whether it is a bundle.</param>
/// <param name="Content">Its bytes.</param>
internal sealed record TileFile(string Path, string FullPath, int Width, bool HoldsEntries, byte[] Content)
{
    /// <summary>Whether it will never change again.</summary>
    public bool IsFull => Width == TilePath.FullWidth;

    public static TileFile OfHashes(int level, ulong index, byte[] content)
    {
        var width = content.Length / MerkleHash.Length;
        return new(TilePath.OfHashes(level, index, width), TilePath.OfHashes(level, index, TilePath.FullWidth), width, false, content);
    }

    public static TileFile OfEntries(ulong index, int width, byte[] content) =>
        new(TilePath.OfEntries(index, width), TilePath.OfEntries(index, TilePath.FullWidth), width, true, content);

    /// <summary>The content that a partial form of this file of a smaller width must have.</summary>
    public ReadOnlySpan<byte> Prefix(int width) =>
        Content.AsSpan(0, HoldsEntries ? EntryBundle.PrefixLength(Content, width) : width * MerkleHash.Length);
}
