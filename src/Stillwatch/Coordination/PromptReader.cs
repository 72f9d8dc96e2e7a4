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

    /// <summary>Reads up to <paramref name="most"/> prompts of each of some accounts, given by index, up to a time.</summary>
    public async Task<Dictionary<int, List<PromptRow>>> ReadAsync(
        IReadOnlyCollection<int> accounts, int most, CancellationToken cancellationToken)
    {
        var prompts = accounts.ToDictionary(account => account, _ => new List<PromptRow>());
        if (accounts.Count == 0)
        {
            return prompts;
        }

        var wanted = accounts.Select(account => profiles[account].Account).Order();
        var query = Sql.Format(
            $"""
            SELECT account, time, prompt, opening, system, tools, phrases, words, elicitation FROM interactions
            WHERE account IN ({wanted}) AND prompt != 0 AND time <= {throughMs}
            ORDER BY account, key LIMIT {most} BY account
            """);
        var settings = QuerySettings.None.With("max_query_size", MaxQueryBytes);
        await using var rows = await engine.QueryAsync(query, settings, cancellationToken).ConfigureAwait(false);
        while (rows.Read())
        {
            prompts[profiles.IndexOf(rows.UInt64())].Add(Row(rows));
        }

        return prompts;
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
