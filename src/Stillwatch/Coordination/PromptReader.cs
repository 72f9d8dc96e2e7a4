using Stillwatch.Profiles;
using Stillwatch.Sketching;
using Stillwatch.Store.Engine;

namespace Stillwatch.Coordination;

/// <summary>Reads the stored prompt sketches of some accounts: of each a sample of its work.</summary>
/// <remarks>
/// What is drawn are items of work, a prompt that stands alone or a conversation, and all accounts draw by one order: those whose
/// salted fingerprints are smallest (coordinated bottom-k samples; E. Cohen, H. Kaplan, "Summarizing data using bottom-k sketches",
/// PODC 2007). So what two accounts have in common, both samples show, which independent samples of long lists would hardly do.
/// The salt depends on all that the log holds, so that nobody can choose wording that is drawn, or that is not.
/// </remarks>
/// <param name="engine">The store's engine.</param>
/// <param name="profiles">All accounts.</param>
/// <param name="throughMs">Later interactions are not known yet, in milliseconds since 1970-01-01T00:00:00Z.</param>
internal sealed class PromptReader(ClickHouseEngine engine, AccountProfiles profiles, long throughMs)
{
    /// <summary>Room for the list of accounts in the text of the query.</summary>
    private const long MaxQueryBytes = 256L << 20;

    /// <summary>
    /// Prompts of one item, that which began it first, so that neither a long conversation nor a text sent again and again fills the
    /// sample.
    /// </summary>
    private const int MaxOfItem = 2;

    private readonly ulong _salt = Salt(profiles);

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
            SELECT account, time, prompt, opening, system, tools, phrases, words, elicitation
            FROM (
                SELECT account, time, prompt, opening, system, tools, phrases, words, elicitation, key,
                    intHash64(bitXor(if(opening = 0, prompt, opening), {_salt})) AS place
                FROM interactions WHERE account IN ({wanted}) AND prompt != 0 AND time <= {throughMs}
                ORDER BY account, place, opening != 0, key LIMIT {MaxOfItem} BY account, place
            )
            ORDER BY account, place, opening != 0, key LIMIT {most} BY account
            """);
        var settings = QuerySettings.None.With("max_query_size", MaxQueryBytes);
        await using var rows = await engine.QueryAsync(query, settings, cancellationToken).ConfigureAwait(false);
        while (rows.Read())
        {
            prompts[profiles.IndexOf(rows.UInt64())].Add(Row(rows));
        }

        return prompts;
    }

    private static ulong Salt(AccountProfiles profiles)
    {
        var salt = (ulong)profiles.Count;
        for (var account = 0; account < profiles.Count; account++)
        {
            var profile = profiles[account];
            salt = XxHash64.Combine(XxHash64.Combine(salt, profile.Account), (ulong)(profile.Interactions ^ profile.LastMs));
        }

        return salt;
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
