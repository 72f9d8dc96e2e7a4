namespace Stillwatch.Cli;

/// <summary>Names that somebody may have meant.</summary>
internal static class NearNames
{
    /// <summary>The most names that are proposed.</summary>
    public const int Most = 3;

    /// <summary>Longer names are not compared: nobody types them, and comparing costs the product of the lengths.</summary>
    private const int LongestCompared = 128;

    /// <summary>The known names closest to a wanted one, the closest first: those it begins, and those a few letters away.</summary>
    /// <param name="wanted">What was asked for.</param>
    /// <param name="known">All names.</param>
    public static IReadOnlyList<string> Of(string wanted, IEnumerable<string> known)
    {
        var reach = (wanted.Length + 2) / 3;
        return wanted.Length is 0 or > LongestCompared ? [] :
        [
            .. known.Select(name => (Name: name, Distance: Distance(wanted, name, reach)))
                .Where(pair => pair.Distance <= reach)
                .OrderBy(static pair => pair.Distance).ThenBy(static pair => pair.Name, StringComparer.Ordinal)
                .Select(static pair => pair.Name).Distinct().Take(Most),
        ];
    }

    /// <summary>
    /// Letters to insert, delete or replace (Levenshtein 1966), upper and lower case alike; 1 if the name goes on after the wanted one.
    /// </summary>
    private static int Distance(string wanted, string name, int reach)
    {
        if (name.StartsWith(wanted, StringComparison.OrdinalIgnoreCase))
        {
            return Math.Min(1, name.Length - wanted.Length);
        }

        if (Math.Abs(name.Length - wanted.Length) > reach)
        {
            return int.MaxValue;
        }

        var row = Enumerable.Range(0, name.Length + 1).ToArray();
        for (var i = 1; i <= wanted.Length; i++)
        {
            (var diagonal, row[0]) = (row[0], i);
            for (var j = 1; j <= name.Length; j++)
            {
                var same = char.ToUpperInvariant(wanted[i - 1]) == char.ToUpperInvariant(name[j - 1]);
                (diagonal, row[j]) = (row[j], Math.Min(Math.Min(row[j], row[j - 1]) + 1, diagonal + (same ? 0 : 1)));
            }
        }

        return row[name.Length];
    }
}
