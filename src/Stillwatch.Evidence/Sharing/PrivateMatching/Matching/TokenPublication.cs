using System.Security.Cryptography;
using Stillwatch.Evidence.Disclosures;
using Stillwatch.Evidence.Sharing.PrivateMatching.Values;

namespace Stillwatch.Evidence.Sharing.PrivateMatching.Matching;

/// <summary>Makes the tokens that a lab publishes of its enforced accounts.</summary>
/// <remarks>
/// A prompt template is published only if at least k enforced accounts used it (k-anonymity against one person's own wording), whatever its
/// campaign. Tokens say nothing without the key service, whose budget bounds how many guesses anybody can try.
/// </remarks>
public static class TokenPublication
{
    /// <summary>In how many accounts a template must have been seen, where nothing else is said.</summary>
    public const int DefaultTemplateAccounts = 20;

    /// <summary>How long tokens are good, where nothing else is said; at most so long.</summary>
    public static readonly TimeSpan MaxValidity = TimeSpan.FromDays(90);

    /// <summary>What may be published of some values, as inputs by kind.</summary>
    /// <param name="values">Values of accounts.</param>
    /// <param name="enforced">The accounts against which something was done; others are left out.</param>
    /// <param name="templateAccounts">In how many enforced accounts a template must have been seen, at least 2.</param>
    public static IReadOnlyDictionary<MatchKind, IReadOnlyList<byte[]>> Inputs(
        IEnumerable<AccountValue> values, IReadOnlySet<string> enforced, int templateAccounts)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(templateAccounts, 2);
        var accounts = new Dictionary<(MatchKind Kind, string Input), HashSet<string>>();
        foreach (var value in values.Where(value => enforced.Contains(value.Account)))
        {
            var kind = MatchValue.Kind(value.Kind)!.Value;
            if (MatchValue.Input(kind, value.Value) is { } input)
            {
                var key = (kind, Convert.ToHexString(input));
                (accounts.TryGetValue(key, out var known) ? known : accounts[key] = []).Add(value.Account);
            }
        }

        return accounts
            .Where(pair => pair.Key.Kind != MatchKind.PromptTemplate || pair.Value.Count >= templateAccounts)
            .GroupBy(static pair => pair.Key.Kind)
            .ToDictionary(
                static group => group.Key,
                static group => (IReadOnlyList<byte[]>)[.. group.Select(static pair => Convert.FromHexString(pair.Key.Input))]);
    }

    /// <summary>The file of tokens.</summary>
    /// <param name="source">Makes them.</param>
    /// <param name="epoch">The epoch, with the public key that the lab trusts for it.</param>
    /// <param name="inputs">What <see cref="Inputs"/> gives.</param>
    /// <param name="frame">The file without tokens.</param>
    /// <param name="cancellationToken">Stops between batches.</param>
    public static async Task<TokenFile> PublishAsync(
        TokenSource source,
        (string Name, byte[] PublicKey) epoch,
        IReadOnlyDictionary<MatchKind, IReadOnlyList<byte[]>> inputs,
        TokenFile frame,
        CancellationToken cancellationToken)
    {
        var tokens = new SortedDictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal);
        foreach (var (kind, list) in inputs)
        {
            var made = await source.TokensAsync(epoch.Name, epoch.PublicKey, list, cancellationToken).ConfigureAwait(false);
            tokens.Add(MatchValue.Name(kind), [.. made.Order(StringComparer.Ordinal)]);
        }

        return frame with { Epoch = epoch.Name, Tokens = tokens };
    }

    /// <summary>What is recorded before a file is given out.</summary>
    public static Disclosure Disclosure(TokenFile file, string recipient) => new()
    {
        Kind = DisclosureKind.MatchTokens,
        Recipient = recipient,
        Marking = "TLP:AMBER+STRICT",
        Purpose = $"{file.Tokens.Values.Sum(static list => list.Count)} tokens of enforced accounts, epoch {file.Epoch}",
        GivenAt = file.PublishedAt,
        MinimumAccounts = file.MinimumTemplateAccounts,
        Items = [new DisclosedItem($"tokens {file.Reporter} {file.Epoch}", Convert.ToHexStringLower(SHA256.HashData(file.ToJson())))],
    };
}
