using System.Runtime.InteropServices;
using Stillwatch.Interactions;

namespace Stillwatch.Benchmarks.Detection.Coordination;

/// <summary>A whole log in memory as the rivals see it: accounts and values are numbers, texts are fingerprints.</summary>
/// <remarks>About 80 bytes an interaction. Written by <see cref="InteractionTableReader"/>, then only read.</remarks>
internal sealed class InteractionTable
{
    /// <summary>The number of what is not there.</summary>
    public const int None = -1;

    private readonly List<InteractionRow> _rows = [];
    private readonly List<int> _phraseStart = [0];
    private readonly List<int> _phrases = [];
    private readonly List<AccountId> _accounts = [];
    private readonly List<(int Payment, int EmailDomain)> _registrations = [];
    private readonly Dictionary<AccountId, int> _accountIndex = [];
    private readonly Dictionary<(AttributeKind Kind, ulong Hash), int> _valueIndex = [];
    private readonly List<AttributeKind> _kinds = [];
    private readonly Dictionary<string, int> _models = [];

    /// <summary>The interactions in the order of the log.</summary>
    public ReadOnlySpan<InteractionRow> Rows => CollectionsMarshal.AsSpan(_rows);

    /// <summary>Accounts that made an interaction.</summary>
    public IReadOnlyList<AccountId> Accounts => _accounts;

    /// <summary>Values of all kinds.</summary>
    public int ValueCount => _kinds.Count;

    /// <summary>The kind of a value.</summary>
    public AttributeKind KindOf(int value) => _kinds[value];

    /// <summary>The phrases of an interaction's prompt.</summary>
    public ReadOnlySpan<int> PhrasesOf(int row) => CollectionsMarshal.AsSpan(_phrases)[_phraseStart[row].._phraseStart[row + 1]];

    /// <summary>The payment instrument and the mail domain of an account's registration.</summary>
    public (int Payment, int EmailDomain) RegistrationOf(int account) => _registrations[account];

    /// <summary>The number of an account; <see cref="None"/> if it made no interaction.</summary>
    public int IndexOf(AccountId account) => _accountIndex.GetValueOrDefault(account, None);

    /// <summary>The number of an account, given now if it has none.</summary>
    public int AddAccount(AccountId account)
    {
        ref var index = ref CollectionsMarshal.GetValueRefOrAddDefault(_accountIndex, account, out var known);
        if (!known)
        {
            index = _accounts.Count;
            _accounts.Add(account);
            _registrations.Add((None, None));
        }

        return index;
    }

    /// <summary>The number of a value, given now if it has none; <see cref="None"/> for the hash 0.</summary>
    public int AddValue(AttributeKind kind, ulong hash)
    {
        if (hash == 0)
        {
            return None;
        }

        ref var index = ref CollectionsMarshal.GetValueRefOrAddDefault(_valueIndex, (kind, hash), out var known);
        if (!known)
        {
            index = _kinds.Count;
            _kinds.Add(kind);
        }

        return index;
    }

    /// <summary>The number of a model, given now if it has none.</summary>
    public int AddModel(string model)
    {
        ref var index = ref CollectionsMarshal.GetValueRefOrAddDefault(_models, model, out var known);
        index = known ? index : _models.Count - 1;
        return index;
    }

    /// <summary>Adds an interaction.</summary>
    public void Add(in InteractionRow row, ReadOnlySpan<ulong> phrases)
    {
        _rows.Add(row);
        foreach (var phrase in phrases)
        {
            _phrases.Add(AddValue(AttributeKind.Phrase, phrase));
        }

        _phraseStart.Add(_phrases.Count);
    }

    /// <summary>Says how an account was registered; accounts that made no interaction are passed over.</summary>
    public void Register(AccountId account, ulong payment, ulong emailDomain)
    {
        if (IndexOf(account) is not None and var index)
        {
            _registrations[index] = (AddValue(AttributeKind.Payment, payment), AddValue(AttributeKind.EmailDomain, emailDomain));
        }
    }
}
