using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Stillwatch.Evidence.Cases;
using Stillwatch.Interactions;
using Stillwatch.Store;
using Stillwatch.Store.Engine;

namespace Stillwatch.Evidence.Dossiers;

/// <summary>Draws interactions of a case's accounts from a store.</summary>
/// <remarks>
/// The rule is fixed, so that nobody can choose: of all interactions of the accounts, those with the smallest keys. Keys are hashes, so
/// this is as good as a random sample, and the same store gives the same one.
/// </remarks>
public static class InteractionSampler
{
    /// <summary>Interactions of a dossier at most.</summary>
    public const int MaxSamples = 10_000;

    /// <summary>Draws a sample.</summary>
    /// <param name="store">The store.</param>
    /// <param name="names">The case's accounts.</param>
    /// <param name="count">How many, 1 to <see cref="MaxSamples"/>.</param>
    /// <param name="withContent">Whether the texts go along, where the store keeps them.</param>
    /// <param name="cancellation">Ends the query.</param>
    public static async Task<JsonObject> DrawAsync(
        InteractionStore store, AccountNames names, int count, bool withContent, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(names);
        ArgumentOutOfRangeException.ThrowIfNotEqual(count is >= 1 and <= MaxSamples, true);
        var accounts = names.ByAccount.ToDictionary(pair => StoreKeys.Account(new AccountId(pair.Key)), pair => pair.Value);
        var among = Sql.Join(", ", accounts.Keys.Select(hash => Sql.Format($"{hash}")));
        var total = await CountAsync(store, among, cancellation).ConfigureAwait(false);
        var query = Sql.Format(
            $"""
            SELECT account, time, key, model, prompt, prompt_bytes, input_tokens, output_tokens, elicitation, messages_text
            FROM interactions WHERE account IN ({among}) ORDER BY key, time LIMIT {count}
            """);
        var samples = new List<(InteractionSample Sample, ulong Model)>();
        await using (var rows = await store.Engine.QueryAsync(query, null, cancellation).ConfigureAwait(false))
        {
            while (rows.Read())
            {
                samples.Add(ReadRow(rows, accounts, withContent));
            }
        }

        var models = await store.LabelsAsync(LabelKind.Model, samples.Select(pair => pair.Model).Distinct(), cancellation)
            .ConfigureAwait(false);
        return new()
        {
            ["rule"] = "the interactions of the case's accounts with the smallest keys",
            ["drawn_from"] = total,
            ["interactions"] = new JsonArray([.. samples.Select(pair =>
                (JsonNode)(pair.Sample with { Model = models.GetValueOrDefault(pair.Model, string.Empty) }).ToJson())]),
        };
    }

    private static async Task<long> CountAsync(InteractionStore store, Sql among, CancellationToken cancellation)
    {
        var query = Sql.Format($"SELECT count() FROM interactions WHERE account IN ({among})");
        await using var rows = await store.Engine.QueryAsync(query, null, cancellation).ConfigureAwait(false);
        return rows.Read() ? (long)rows.UInt64() : 0;
    }

    private static (InteractionSample Sample, ulong Model) ReadRow(
        RowBinaryReader rows, Dictionary<ulong, string> accounts, bool withContent)
    {
        var account = accounts[rows.UInt64()];
        var at = DateTimeOffset.FromUnixTimeMilliseconds(rows.Int64());
        var (key, model, prompt) = (rows.UInt64(), rows.UInt64(), rows.UInt64());
        var (bytes, input, output) = (rows.UInt32(), rows.UInt32(), rows.UInt32());
        var asksForReasoning = rows.UInt8() != 0;
        var messages = rows.Text();
        var digest = messages.Length == 0
            ? string.Empty
            : Convert.ToHexStringLower(SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(messages)));
        var sample = new InteractionSample(account, at, key, string.Empty, prompt, bytes, input, output, asksForReasoning, digest)
        {
            Messages = withContent && messages.Length > 0 ? messages : null,
        };
        return (sample, model);
    }
}
