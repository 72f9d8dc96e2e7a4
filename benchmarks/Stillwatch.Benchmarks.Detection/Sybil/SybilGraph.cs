using Stillwatch.Benchmarks.Detection.Coordination;
using Stillwatch.Coordination;

namespace Stillwatch.Benchmarks.Detection.Sybil;

/// <summary>The ledger as accounts and the addresses that they dealt with, either way, in the forms that detectors want.</summary>
internal sealed class SybilGraph
{
    private readonly SybilLedger _ledger;
    private readonly Dictionary<(int Account, int Address), int> _uses = [];

    /// <param name="ledger">The ledger.</param>
    /// <param name="view">How much of it is seen.</param>
    public SybilGraph(SybilLedger ledger, SybilView view)
    {
        _ledger = ledger;
        foreach (var (from, to, count) in ledger.Transfers)
        {
            if (IsSeen(view, from, to))
            {
                Add(from, to, count);
                Add(to, from, count);
            }
        }

        Graph = new(ledger.Accounts.Count, ledger.AddressCount, _uses.Keys);
    }

    /// <summary>Who dealt with which address.</summary>
    public BipartiteGraph Graph { get; }

    /// <summary>The same with the number of transfers as mass.</summary>
    public MassTensor Tensor() => new(
        [_ledger.Accounts.Count, _ledger.AddressCount],
        _uses.Select(static use => (new[] { use.Key.Account, use.Key.Address }, (double)use.Value)));

    /// <summary>The same as actions that all happen at once, as times are not known.</summary>
    public IEnumerable<AccountAction> Actions() => _uses.Keys.Select(static use => new AccountAction(use.Account, use.Address, 0));

    /// <summary>The product's own graph of who shares what: each account is a party, each address a value of infrastructure.</summary>
    public SharingGraph Sharing()
    {
        var accounts = _ledger.Accounts.Count;
        int[] parties = [.. Enumerable.Range(0, accounts)];
        var builder = new SharingGraphBuilder(new(parties, Array.ConvertAll(parties, static party => (ulong)party + 1), accounts));
        var totals = new double[accounts];
        foreach (var ((account, _), count) in _uses)
        {
            totals[account] += count;
        }

        foreach (var ((account, address), count) in _uses.OrderBy(static use => use.Key))
        {
            builder.Add(new(account, SharedValueKind.Address, (ulong)address + 1, (float)(count / totals[account])));
        }

        return builder.Build();
    }

    private bool IsSeen(SybilView view, int from, int to)
    {
        var isHub = _ledger.Hubs.Contains(from) || _ledger.Hubs.Contains(to);
        return view switch
        {
            SybilView.All => true,
            SybilView.WithoutHubs => !isHub,
            SybilView.WithoutFunding => !isHub && !(_ledger.IsAccount(from) && _ledger.IsAccount(to)),
            _ => isHub,
        };
    }

    private void Add(int account, int address, int count)
    {
        if (_ledger.IsAccount(account))
        {
            _uses[(account, address)] = _uses.GetValueOrDefault((account, address)) + count;
        }
    }
}
