using System.Collections.Frozen;

namespace Stillwatch.Coordination;

/// <summary>
/// Accounts and the values they use, as a bipartite graph in compressed sparse rows. A value weighs the logarithm of its rarity
/// among parties, so that what everybody uses links nobody.
/// </summary>
/// <remarks>
/// Weights as in term weighting (K. Spärck Jones 1972) and column weights of FRAUDAR (Hooi et al., KDD 2016): an account that
/// camouflages itself with popular values changes nothing, one that adds values of its own only dilutes itself by its norm.
/// Immutable; memory 8 bytes a use and 24 a value. A party is a declared organization, or an account that declares none.
/// </remarks>
public sealed class SharingGraph
{
    private readonly int[] _accountStart;
    private readonly ValueUse[] _uses;
    private readonly int[] _valueStart;
    private readonly int[] _users;
    private readonly SharedValue[] _values;
    private readonly int[] _parties;
    private readonly ulong[] _identities;
    private readonly bool[] _isAlone;
    private readonly FrozenDictionary<SharedValueKind, IReadOnlyList<(int Parties, int Values)>> _degrees;

    internal SharingGraph(SharingGraphRows rows, SharedValue[] values, AccountParties parties)
    {
        (_accountStart, _uses) = (rows.AccountStart, rows.Uses);
        (_valueStart, _users) = (rows.ValueStart, rows.Users);
        _values = values;
        (_parties, _identities) = (parties.Party, parties.Identity);
        PartyCount = parties.Count;
        _isAlone = parties.IsAlone;
        _degrees = values.GroupBy(value => value.Kind).ToFrozenDictionary(
            group => group.Key,
            group => (IReadOnlyList<(int Parties, int Values)>)group.CountBy(value => value.Parties)
                .Select(pair => (pair.Key, pair.Value)).OrderBy(pair => pair.Key).ToList());
    }

    /// <summary>Accounts, linked or not.</summary>
    public int AccountCount => _parties.Length;

    /// <summary>Parties, linked or not.</summary>
    public int PartyCount { get; }

    /// <summary>Values that at least two parties use.</summary>
    public int ValueCount => _values.Length;

    /// <summary>What the account shares, ascending by value.</summary>
    public ReadOnlySpan<ValueUse> UsesOf(int account) =>
        _uses.AsSpan(_accountStart[account].._accountStart[account + 1]);

    /// <summary>The accounts that use the value, ascending.</summary>
    public ReadOnlySpan<int> UsersOf(int value) => _users.AsSpan(_valueStart[value].._valueStart[value + 1]);

    /// <summary>The value.</summary>
    public SharedValue Value(int value) => _values[value];

    /// <summary>The account's party.</summary>
    public int PartyOf(int account) => _parties[account];

    /// <summary>Whether no other account is of the account's party.</summary>
    public bool IsAlone(int account) => _isAlone[account];

    /// <summary>The account's stable identity: decides every tie and draw, so that results do not depend on the order of input.</summary>
    public ulong IdentityOf(int account) => _identities[account];

    /// <summary>How many values of a kind have how many parties, ascending by parties.</summary>
    public IReadOnlyList<(int Parties, int Values)> Degrees(SharedValueKind kind) => _degrees.GetValueOrDefault(kind) ?? [];
}
