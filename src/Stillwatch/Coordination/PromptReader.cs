using Stillwatch.Profiles;
using Stillwatch.Sketching;
using Stillwatch.Store.Engine;

namespace Stillwatch.Coordination;

/// <summary>Reads the stored prompt sketches of some accounts: a sample of each account's, drawn by key.</summary>
/// <param name="engine">The store's engine.</param>
/// <param name="profiles">All accounts.</param>
/// <param name="throughMs">Later interactions are not known yet, in milliseconds since 1970-01-01T00:00:00Z.</param>
internal sealed class PromptReader(ClickHouseEngine engine, AccountProfiles profiles, long throughMs)
{
    /// <summary>Room for the list of accounts in the text of the query.</summary>
    private const long MaxQueryBytes = 256L << 20;

    /// <summary>
    /// Of accounts with more interactions than this the engine draws the sample, which means that it sorts; the others' are read whole, for
    /// a third of the cost.
    /// </summary>
    private const long ManyInteractions = 2_000;

    private static readonly Comparer<(ulong Key, PromptRow Row)> ByKey = Comparer<(ulong Key, PromptRow Row)>.Create(
        static (left, right) => (left.Key, left.Row.ObservedAtMs).CompareTo((right.Key, right.Row.ObservedAtMs)));

    /// <summary>Reads up to <paramref name="most"/> prompts of each of some accounts, given by index, up to a time.</summary>
    public async Task<Dictionary<int, PromptRow[]>> ReadAsync(
        IReadOnlyCollection<int> accounts, int most, CancellationToken cancellationToken)
    {
        var prompts = accounts.ToDictionary(account => account, _ => new List<(ulong Key, PromptRow Row)>());
        var bySize = accounts.ToLookup(account => profiles[account].Interactions > ManyInteractions);
        var draw = Sql.Format($" ORDER BY account, key, time LIMIT {most} BY account");
        await ReadAsync(bySize[false].ToList(), default, prompts, cancellationToken).ConfigureAwait(false);
        await ReadAsync(bySize[true].ToList(), draw, prompts, cancellationToken).ConfigureAwait(false);
        return prompts.ToDictionary(static pair => pair.Key, pair => Sample(pair.Value, most));
    }

    private async Task ReadAsync(
        List<int> accounts, Sql draw, Dictionary<int, List<(ulong Key, PromptRow Row)>> prompts, CancellationToken cancellationToken)
    {
        if (accounts.Count == 0)
        {
            return;
        }

        var wanted = accounts.Select(account => profiles[account].Account).Order();
        var query = Sql.Format(
            $"""
            SELECT account, key, time, prompt, opening, system, tools, phrases, words, elicitation FROM interactions
            WHERE account IN ({wanted}) AND prompt != 0 AND time <= {throughMs}
            """);
        var settings = QuerySettings.None.With("max_query_size", MaxQueryBytes);
        await using var rows = await engine.QueryAsync(query + draw, settings, cancellationToken).ConfigureAwait(false);
        while (rows.Read())
        {
            prompts[profiles.IndexOf(rows.UInt64())].Add((rows.UInt64(), Row(rows)));
        }
    }

    private static PromptRow[] Sample(List<(ulong Key, PromptRow Row)> rows, int most)
    {
        rows.Sort(ByKey);
        return rows.Take(most).Select(static row => row.Row).ToArray();
    }

    private static PromptRow Row(RowBinaryReader rows)
    {
        var (time, prompt, opening, system, tools) = (rows.Int64(), rows.UInt64(), rows.UInt64(), rows.UInt64(), rows.UInt64());
        var phrases = rows.UInt64Array().ToArray();
        var words = new uint[rows.ArrayLength()];
        for (var i = 0; i < words.Length; i++)
        {
            words[i] = rows.UInt32();
        }

        return new PromptRow(time, prompt, opening, system, tools, phrases, words, (Elicitation)rows.UInt8());
    }
}
