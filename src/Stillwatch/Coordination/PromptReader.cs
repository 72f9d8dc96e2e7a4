using Stillwatch.Profiles;
using Stillwatch.Sketching;
using Stillwatch.Store.Engine;

namespace Stillwatch.Coordination;

/// <summary>Reads the stored prompt sketches of some accounts: a sample of each account's, drawn by key.</summary>
internal static class PromptReader
{
    /// <summary>The most prompts of one account that are read.</summary>
    public const int MaxPrompts = 160;

    /// <summary>Room for the list of accounts in the text of the query.</summary>
    private const long MaxQueryBytes = 256L << 20;

    /// <summary>Reads the prompts of accounts given by index, up to a time.</summary>
    public static async Task<Dictionary<int, List<PromptRow>>> ReadAsync(
        ClickHouseEngine engine,
        AccountProfiles profiles,
        IReadOnlyCollection<int> accounts,
        long throughMs,
        CancellationToken cancellationToken)
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
            ORDER BY account, key LIMIT {MaxPrompts} BY account
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
