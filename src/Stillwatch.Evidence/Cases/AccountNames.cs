using System.Buffers;
using System.Text;
using Stillwatch.Interactions;

namespace Stillwatch.Evidence.Cases;

/// <summary>The accounts of a case with their pseudonyms: puts the one for the other, also inside sentences.</summary>
public sealed class AccountNames
{
    private const string Separators = " \t\r\n\"'`(),;:[]{}<>=|/\\";

    private static readonly SearchValues<char> Separating = SearchValues.Create(Separators);

    private readonly SortedDictionary<string, string> _pseudonyms = new(StringComparer.Ordinal);
    private readonly List<string> _compound;

    /// <summary>Takes accounts and gives each its pseudonym.</summary>
    public AccountNames(IEnumerable<AccountId> accounts, Pseudonyms pseudonyms)
    {
        ArgumentNullException.ThrowIfNull(accounts);
        ArgumentNullException.ThrowIfNull(pseudonyms);
        foreach (var account in accounts)
        {
            _pseudonyms[account.Value] = pseudonyms.Of(account);
        }

        _compound = [.. _pseudonyms.Keys.Where(IsCompound).OrderByDescending(name => name.Length)];
    }

    /// <summary>Pseudonyms by account.</summary>
    public IReadOnlyDictionary<string, string> ByAccount => _pseudonyms;

    /// <summary>The pseudonym of an account of the case.</summary>
    public AccountId Of(AccountId account) => new(_pseudonyms[account.Value]);

    /// <summary>The pseudonym of an account that is named by its name or by its pseudonym; null if it is not of the case.</summary>
    public string? PseudonymOf(string name) => _pseudonyms.GetValueOrDefault(name) ?? (_pseudonyms.ContainsValue(name) ? name : null);

    /// <summary>A sentence with pseudonyms for the names of accounts of the case, wherever these stand as words.</summary>
    public string Replace(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        foreach (var name in _compound)
        {
            text = text.Replace(name, _pseudonyms[name], StringComparison.Ordinal);
        }

        var result = new StringBuilder(text.Length);
        var rest = text.AsSpan();
        while (!rest.IsEmpty)
        {
            var end = rest.IndexOfAny(Separating) is >= 0 and var at ? at : rest.Length;
            AppendWord(result, rest[..end].ToString());
            rest = rest[end..];
            if (!rest.IsEmpty)
            {
                result.Append(rest[0]);
                rest = rest[1..];
            }
        }

        return result.ToString();
    }

    /// <summary>Whether a name does not come out of a sentence as one word.</summary>
    private static bool IsCompound(string name) => name.AsSpan().ContainsAny(Separating) || name.TrimEnd('.', '!', '?') != name;

    private void AppendWord(StringBuilder result, string word)
    {
        var bare = word.TrimEnd('.', '!', '?');
        result.Append(_pseudonyms.GetValueOrDefault(bare, bare)).Append(word.AsSpan(bare.Length));
    }
}
