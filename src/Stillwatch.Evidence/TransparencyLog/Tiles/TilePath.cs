using System.Globalization;

namespace Stillwatch.Evidence.TransparencyLog.Tiles;

/// <summary>Names of tiles and entry bundles relative to a log's prefix (C2SP tlog-tiles).</summary>
/// <remarks>
/// <code>
/// tile/[level]/[index][.p/[width]]      tile/entries/[index][.p/[width]]
/// index 1234067 = x001/x234/067         width 1 to 255, only of partial tiles
/// </code>
/// </remarks>
public static class TilePath
{
    /// <summary>Hashes of a full tile, entries of a full bundle.</summary>
    public const int FullWidth = 256;

    /// <summary>Each level of tiles is so many levels of the tree.</summary>
    public const int Height = 8;

    /// <summary>The last level that a tile may have.</summary>
    public const int MaxLevel = 63;

    private const string PartialSuffix = ".p";

    /// <summary>The path of a tile of hashes.</summary>
    /// <param name="level">0 to 63; 0 holds the hashes of leaves.</param>
    /// <param name="index">Counted from the left on its level.</param>
    /// <param name="width">1 to 256; 256 is full.</param>
    public static string OfHashes(int level, ulong index, int width)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(level, MaxLevel);
        ArgumentOutOfRangeException.ThrowIfNegative(level);
        return string.Create(CultureInfo.InvariantCulture, $"tile/{level}/{Number(index)}{Suffix(width)}");
    }

    /// <summary>The path of a bundle of entries.</summary>
    public static string OfEntries(ulong index, int width) => $"tile/entries/{Number(index)}{Suffix(width)}";

    /// <summary>The directory that holds the partial forms of a tile or bundle whose full form has this path.</summary>
    internal static string Partials(string full) => full + PartialSuffix;

    /// <summary>How many of a level's hashes the rightmost tile of a tree holds; 0 if its last tile is full.</summary>
    internal static int PartialWidth(ulong size, int level) => (int)(Count(size, level) % FullWidth);

    /// <summary>Hashes on a level of tiles: subtrees of 256^level leaves that are complete.</summary>
    internal static ulong Count(ulong size, int level) => level >= sizeof(ulong) ? 0 : size >> (level * Height);

    /// <summary>Whether a tree of a size has anything on a level of tiles.</summary>
    internal static bool HasLevel(ulong size, int level) => Count(size, level) > 0;

    private static string Number(ulong index)
    {
        var path = (index % 1000).ToString("000", CultureInfo.InvariantCulture);
        for (var rest = index / 1000; rest > 0; rest /= 1000)
        {
            path = string.Create(CultureInfo.InvariantCulture, $"x{rest % 1000:000}/{path}");
        }

        return path;
    }

    private static string Suffix(int width)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(width, FullWidth);
        return width == FullWidth ? string.Empty : string.Create(CultureInfo.InvariantCulture, $"{PartialSuffix}/{width}");
    }
}
