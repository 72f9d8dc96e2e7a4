using Stillwatch.Evidence.Sharing.PrivateMatching.Values;

namespace Stillwatch.Evidence.Sharing.PrivateMatching.Matching;

/// <summary>Finds own accounts whose values several labs reported.</summary>
/// <remarks>
/// One reporter can err or be made to err, so a token counts only if a minimum of distinct reporters published it. Expired files and other
/// epochs count nothing. Work grows with the own values and with the tokens read.
/// </remarks>
public sealed class TokenMatching
{
    /// <summary>How many labs must have reported a value, where nothing else is said.</summary>
    public const int DefaultReporters = 2;

    private readonly Dictionary<(string Kind, string Token), HashSet<string>> _reporters = [];
    private readonly int _minimum;

    private TokenMatching(int minimum) => _minimum = minimum;

    /// <summary>Takes files together.</summary>
    /// <param name="files">What labs published.</param>
    /// <param name="epoch">The epoch that is matched.</param>
    /// <param name="now">Files that have expired by now are left out.</param>
    /// <param name="minimumReporters">How many distinct reporters a token needs, at least 1.</param>
    /// <param name="self">The own name as a reporter: one does not confirm oneself.</param>
    public static TokenMatching Of(
        IEnumerable<TokenFile> files, string epoch, DateTimeOffset now, int minimumReporters, string self)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(minimumReporters, 1);
        var matching = new TokenMatching(minimumReporters);
        foreach (var file in files.Where(file => file.Epoch == epoch && file.ExpiresAt > now && file.Reporter != self))
        {
            foreach (var (kind, token) in file.Tokens.SelectMany(static pair => pair.Value.Select(token => (pair.Key, token))))
            {
                var key = (kind, token.ToLowerInvariant());
                (matching._reporters.TryGetValue(key, out var known) ? known : matching._reporters[key] = []).Add(file.Reporter);
            }
        }

        return matching;
    }

    /// <summary>The matches of own values.</summary>
    /// <param name="source">Makes the tokens of the own values.</param>
    /// <param name="epoch">The epoch, with the public key that is trusted for it.</param>
    /// <param name="values">The own values.</param>
    /// <param name="cancellationToken">Stops between batches.</param>
    public async Task<TokenMatches> FindAsync(
        TokenSource source, (string Name, byte[] PublicKey) epoch, IEnumerable<AccountValue> values, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(source);
        var usable = values.Select(static value => (Value: value, Input: MatchValue.Input(MatchValue.Kind(value.Kind)!.Value, value.Value)))
            .Where(static pair => pair.Input is not null).ToList();
        var inputs = usable.Select(static pair => Convert.ToHexString(pair.Input!)).Distinct(StringComparer.Ordinal).ToList();
        var tokens = await source.TokensAsync(
            epoch.Name, epoch.PublicKey, [.. inputs.Select(Convert.FromHexString)], cancellationToken).ConfigureAwait(false);
        var byInput = inputs.Zip(tokens).ToDictionary(static pair => pair.First, static pair => pair.Second, StringComparer.Ordinal);
        var found = new List<TokenMatch>();
        var tooFew = 0;
        foreach (var (value, input) in usable)
        {
            var count = Reporters(value.Kind, byInput[Convert.ToHexString(input!)]);
            tooFew += count > 0 && count < _minimum ? 1 : 0;
            if (count >= _minimum)
            {
                found.Add(new TokenMatch(value.Account, value.Kind, count));
            }
        }

        var ordered = found.Distinct().OrderBy(static match => match.Account, StringComparer.Ordinal)
            .ThenBy(static match => match.Kind, StringComparer.Ordinal);
        return new TokenMatches([.. ordered], tooFew);
    }

    private int Reporters(string kind, string token) => _reporters.TryGetValue((kind, token), out var known) ? known.Count : 0;
}
