using System.Buffers;
using System.Text;
using Stillwatch.Interactions;

namespace Stillwatch.Evidence.Cases;

/// <summary>The accounts of a case with their pseudonyms: puts the one for the other, also inside sentences.</summary>
public sealed class AccountNames
{
    private const string Separators = " \t\r\n\"'`(),;:[]{}<>=|/\\";

    private static readonly SearchValues<char> Separating = SearchValues.Create(Separators);

    private readonly SortedDictionary<string, string> _pseudonyms;
    private readonly List<string> _compound;

    /// <summary>Takes accounts and gives each its pseudonym.</summary>
    public AccountNames(IEnumerable<AccountId> accounts, Pseudonyms pseudonyms)
    {
        ArgumentNullException.ThrowIfNull(accounts);
        ArgumentNullException.ThrowIfNull(pseudonyms);
        _pseudonyms = new(pseudonyms.Assign(accounts).ToDictionary(), StringComparer.Ordinal);
        _compound = Compound();
    }

    private AccountNames(SortedDictionary<string, string> pseudonyms, IReadOnlyList<string> nameless)
    {
        _pseudonyms = pseudonyms;
        Nameless = nameless;
        _compound = Compound();
    }

    /// <summary>Pseudonyms by account.</summary>
    public IReadOnlyDictionary<string, string> ByAccount => _pseudonyms;

    /// <summary>Pseudonyms of accounts that were erased: nobody can tell whose they were.</summary>
    public IReadOnlyList<string> Nameless { get; } = [];

    /// <summary>All pseudonyms, in ordinal order.</summary>
    public IReadOnlyList<string> All => [.. _pseudonyms.Values.Concat(Nameless).Order(StringComparer.Ordinal)];

    /// <summary>Names as they were kept: by pseudonym, each sealed under its account's own secret.</summary>
    /// <exception cref="InvalidDataException">One was changed.</exception>
    internal static AccountNames Unseal(IEnumerable<KeyValuePair<string, string>> kept, Pseudonyms pseudonyms)
    {
        var named = new SortedDictionary<string, string>(StringComparer.Ordinal);
        var nameless = new List<string>();
        foreach (var (pseudonym, box) in kept)
        {
            if (pseudonyms.Unseal(pseudonym, box) is { } name)
            {
                named[name] = pseudonym;
            }
            else
            {
                nameless.Add(pseudonym);
            }
        }

        return new(named, nameless);
    }

    /// <summary>The pseudonym of an account of the case.</summary>
    public AccountId Of(AccountId account) => new(_pseudonyms[account.Value]);

    /// <summary>The pseudonym of an account that is named by its name or by its pseudonym; null if it is not of the case.</summary>
    public string? PseudonymOf(string name) =>
        _pseudonyms.GetValueOrDefault(name) ?? (_pseudonyms.ContainsValue(name) || Nameless.Contains(name) ? name : null);

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

    private List<string> Compound() => [.. _pseudonyms.Keys.Where(IsCompound).OrderByDescending(name => name.Length)];

    private void AppendWord(StringBuilder result, string word)
    {
        var bare = word.TrimEnd('.', '!', '?');
        result.Append(_pseudonyms.GetValueOrDefault(bare, bare)).Append(word.AsSpan(bare.Length));
    }
}
