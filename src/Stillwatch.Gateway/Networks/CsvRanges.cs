using System.Text;
using Stillwatch.Interactions;

namespace Stillwatch.Gateway.Networks;

/// <summary>Reads ranges of addresses from lines such as <c>1.0.0.0,1.0.0.255,13335,"Cloudflare, Inc."</c>.</summary>
/// <remarks>
/// First and last address, what is said of them, and anything after, which is not read; as packages of @ip-location-db have it.
/// </remarks>
internal static class CsvRanges
{
    /// <summary>The longest line.</summary>
    public const int MaxLineLength = 4096;

    /// <summary>The most ranges of a file.</summary>
    public const int MaxRanges = 20_000_000;

    /// <summary>Reads a file; lines that say nothing (a value of 0) are left out.</summary>
    /// <exception cref="InvalidDataException">A line cannot be read.</exception>
    public static IEnumerable<AddressRange> Read(string path, Func<string, uint> valueOf)
    {
        using var reader = new StreamReader(path, Encoding.UTF8);
        var number = 0;
        while (reader.ReadLine() is { } line)
        {
            number++;
            if (line.Length == 0)
            {
                continue;
            }

            if (number > MaxRanges || line.Length > MaxLineLength || Parse(line, valueOf) is not { } range)
            {
                throw new InvalidDataException(
                    $"{Path.GetFullPath(path)}:{number}: no range of addresses: write FIRST,LAST,VALUE, such as 192.0.2.0,192.0.2.255,DE.");
            }

            if (range.Value != 0)
            {
                yield return range;
            }
        }
    }

    private static AddressRange? Parse(string line, Func<string, uint> valueOf)
    {
        var first = line.IndexOf(',', StringComparison.Ordinal);
        var second = first < 0 ? -1 : line.IndexOf(',', first + 1);
        if (second < 0)
        {
            return null;
        }

        var third = line.IndexOf(',', second + 1);
        var value = third < 0 ? line[(second + 1)..] : line[(second + 1)..third];
        return TryAddress(line.AsSpan(0, first), out var from) && TryAddress(line.AsSpan(first + 1, second - first - 1), out var to)
            && from.IsIPv4 == to.IsIPv4 && from.Bits <= to.Bits
            ? new(from, to, valueOf(value.Trim().Trim('"')))
            : null;
    }

    private static bool TryAddress(ReadOnlySpan<char> text, out ClientAddress address)
    {
        const int Longest = 45;
        Span<byte> utf8 = stackalloc byte[Longest];
        address = default;
        return Encoding.UTF8.TryGetBytes(text, utf8, out var length) && ClientAddress.TryParse(utf8[..length], out address);
    }
}
