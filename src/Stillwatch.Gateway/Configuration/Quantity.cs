using System.Globalization;

namespace Stillwatch.Gateway.Configuration;

/// <summary>Sizes and durations as people write them: <c>32MiB</c>, <c>90s</c>.</summary>
public static class Quantity
{
    private static readonly (string Unit, long Bytes)[] Sizes =
        [("KiB", 1L << 10), ("MiB", 1L << 20), ("GiB", 1L << 30), ("TiB", 1L << 40), ("B", 1)];

    private static readonly (string Unit, TimeSpan Length)[] Durations =
    [
        ("ms", TimeSpan.FromMilliseconds(1)), ("s", TimeSpan.FromSeconds(1)), ("m", TimeSpan.FromMinutes(1)), ("h", TimeSpan.FromHours(1)),
        ("d", TimeSpan.FromDays(1)),
    ];

    /// <summary>Reads a size; a bare number is bytes.</summary>
    public static bool TrySize(string text, out long bytes)
    {
        var (unit, each) = Array.Find(Sizes, size => text.EndsWith(size.Unit, StringComparison.OrdinalIgnoreCase));
        var number = unit is null ? text : text[..^unit.Length];
        var isNumber = decimal.TryParse(number, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var count);
        isNumber = isNumber && count <= long.MaxValue / Math.Max(each, 1);
        bytes = isNumber ? (long)(count * Math.Max(each, 1)) : 0;
        return isNumber;
    }

    /// <summary>Reads a duration; the unit is needed.</summary>
    public static bool TryDuration(string text, out TimeSpan length)
    {
        length = default;
        var (unit, each) = Array.Find(Durations, duration => text.EndsWith(duration.Unit, StringComparison.Ordinal)
            && text.Length > duration.Unit.Length && char.IsAsciiDigit(text[^(duration.Unit.Length + 1)]));
        if (unit is null
            || !double.TryParse(text[..^unit.Length], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var count)
            || count * each.TotalDays > 366)
        {
            return false;
        }

        length = each * count;
        return true;
    }

    /// <summary>A size in the largest unit that divides it.</summary>
    public static string Size(long bytes)
    {
        var (unit, each) = Array.FindLast(Sizes[..^1], size => bytes >= size.Bytes && bytes % size.Bytes == 0);
        return unit is null ? $"{bytes}" : $"{bytes / each}{unit}";
    }

    /// <summary>A duration in the largest unit that divides it.</summary>
    public static string Duration(TimeSpan length)
    {
        var (unit, each) = Array.FindLast(Durations, duration => length >= duration.Length && length.Ticks % duration.Length.Ticks == 0);
        return unit is null ? "0s" : $"{length / each}{unit}";
    }
}
