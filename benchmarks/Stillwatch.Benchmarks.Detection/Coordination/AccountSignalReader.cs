using Stillwatch.Sketching;

namespace Stillwatch.Benchmarks.Detection.Coordination;

/// <summary>Works out the <see cref="AccountSignals"/> of all accounts of a log. Cost O(n log n) in the interactions.</summary>
internal sealed class AccountSignalReader
{
    private const long MillisecondsPerSecond = 1000;
    private const long MillisecondsPerMinute = 60 * MillisecondsPerSecond;
    private const long MillisecondsPerHour = 60 * MillisecondsPerMinute;
    private const long MillisecondsPerDay = 24 * MillisecondsPerHour;

    private readonly InteractionTable _table;
    private readonly bool[] _coincides;
    private readonly int[] _cluster;

    private AccountSignalReader(InteractionTable table)
    {
        (_table, _coincides) = (table, new bool[table.Rows.Length]);
        _cluster = Enumerable.Repeat(1, table.Accounts.Count).ToArray();
        FindCoincidences();
        FindClusters();
    }

    /// <summary>The signals of every account.</summary>
    public static AccountSignals[] Read(InteractionTable table)
    {
        var reader = new AccountSignalReader(table);
        var rows = new List<int>[table.Accounts.Count];
        for (var row = 0; row < table.Rows.Length; row++)
        {
            (rows[table.Rows[row].Account] ??= []).Add(row);
        }

        return [.. rows.Select((own, account) => reader.Of(account, own ?? []))];
    }

    private AccountSignals Of(int account, List<int> rows)
    {
        rows.Sort((x, y) => _table.Rows[x].ObservedAtMs.CompareTo(_table.Rows[y].ObservedAtMs));
        var times = rows.ConvertAll(row => _table.Rows[row].ObservedAtMs);
        var days = times.Select(static time => time / MillisecondsPerDay).Distinct().Count();
        return new()
        {
            Interactions = rows.Count,
            MostInMinute = Most(times, MillisecondsPerMinute),
            MostInHour = Most(times, MillisecondsPerHour),
            TokensPerDay = rows.Sum(row => (double)_table.Rows[row].Tokens) / Math.Max(1, days),
            GapVariation = Variation([.. times.Zip(times.Skip(1), static (earlier, later) => (double)(later - earlier))]),
            PlainLibrary = Share(rows, row => _table.Rows[row].Traits.HasFlag(RequestTraits.PlainHttpLibrary)),
            Hosting = Share(rows, row => _table.Rows[row].Traits.HasFlag(RequestTraits.Hosting)),
            China = Share(rows, row => _table.Rows[row].Traits.HasFlag(RequestTraits.China)),
            RolePreamble = Share(rows, row => _table.Rows[row].Traits.HasFlag(RequestTraits.RolePreamble)),
            Reasoning = Share(rows, row => _table.Rows[row].Elicitation.HasFlag(Elicitation.Reasoning)),
            Pivots = rows.Count > 1 && MainModel(rows[..(rows.Count / 2)]) != MainModel(rows[(rows.Count / 2)..]),
            Coincident = Share(rows, row => _coincides[row]),
            Cluster = _cluster[account],
        };
    }

    private int MainModel(List<int> rows) => rows.CountBy(row => _table.Rows[row].Model).MaxBy(static count => count.Value).Key;

    private static int Most(List<long> times, long window) =>
        times.CountBy(time => time / window).Select(static count => count.Value).DefaultIfEmpty(0).Max();

    private static double Share(List<int> rows, Predicate<int> has) =>
        rows.Count == 0 ? 0 : rows.Count(row => has(row)) / (double)rows.Count;

    private static double Variation(double[] gaps)
    {
        if (gaps.Length < 2 || gaps.Average() is not (> 0 and var mean))
        {
            return double.NaN;
        }

        return Math.Sqrt(gaps.Sum(gap => (gap - mean) * (gap - mean)) / (gaps.Length - 1)) / mean;
    }

    private void FindCoincidences()
    {
        var byNetwork = Enumerable.Range(0, _table.Rows.Length).Where(row => _table.Rows[row].Network != InteractionTable.None)
            .GroupBy(row => _table.Rows[row].Network);
        foreach (var network in byNetwork)
        {
            var ordered = network.OrderBy(row => _table.Rows[row].ObservedAtMs).ToArray();
            for (var i = 1; i < ordered.Length; i++)
            {
                ref readonly var earlier = ref _table.Rows[ordered[i - 1]];
                ref readonly var later = ref _table.Rows[ordered[i]];
                if (earlier.Account != later.Account && later.ObservedAtMs - earlier.ObservedAtMs <= MillisecondsPerSecond)
                {
                    _coincides[ordered[i - 1]] = _coincides[ordered[i]] = true;
                }
            }
        }
    }

    private void FindClusters()
    {
        var uses = new List<(int Account, int Value)>();
        foreach (ref readonly var row in _table.Rows)
        {
            uses.Add((row.Account, row.Address));
        }

        uses.AddRange(Enumerable.Range(0, _table.Accounts.Count).Select(account => (account, _table.RegistrationOf(account).Payment)));
        foreach (var users in uses.Where(static use => use.Value != InteractionTable.None).Distinct().GroupBy(static use => use.Value))
        {
            var accounts = users.Select(static use => use.Account).ToArray();
            Array.ForEach(accounts, account => _cluster[account] = Math.Max(_cluster[account], accounts.Length));
        }
    }
}
