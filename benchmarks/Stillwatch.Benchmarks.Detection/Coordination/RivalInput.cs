namespace Stillwatch.Benchmarks.Detection.Coordination;

/// <summary>One log in all the forms that rivals want, each made when first asked for.</summary>
/// <param name="table">The log.</param>
internal sealed class RivalInput(InteractionTable table)
{
    private readonly Lazy<AttributeUse> _use = new(() => new(table));
    private readonly Lazy<AccountSignals[]> _signals = new(() => AccountSignalReader.Read(table));
    private BipartiteGraph? _graph;
    private MassTensor? _tensor;
    private IReadOnlyList<AccountAction>? _templateActions;

    /// <summary>The log.</summary>
    public InteractionTable Table => table;

    /// <summary>Makes the forms that several rivals share, so that none pays for the others when rivals are timed.</summary>
    public void Prepare() => _ = (Graph.EdgeCount, Signals.Length, Tensor.Count);

    /// <summary>Accounts and all that they use.</summary>
    public BipartiteGraph Graph => _graph ??= _use.Value.Graph();

    /// <summary>Accounts and the addresses that they use.</summary>
    public BipartiteGraph Addresses => GraphOf(AttributeKind.Address);

    /// <summary>What per-key rules know.</summary>
    public AccountSignals[] Signals => _signals.Value;

    /// <summary>Accounts, templates, spans of ten minutes, and networks; a request weighs 1.</summary>
    public MassTensor Tensor => _tensor ??= TrafficTensor.Of(table, TemplateActions);

    /// <summary>Accounts and what they use of some kinds.</summary>
    public BipartiteGraph GraphOf(params AttributeKind[] kinds) => _use.Value.Graph(kinds);

    /// <summary>Requests as actions on their client address.</summary>
    public IReadOnlyList<AccountAction> AddressActions()
    {
        var actions = new List<AccountAction>();
        foreach (ref readonly var row in table.Rows)
        {
            if (row.Address != InteractionTable.None)
            {
                actions.Add(new(row.Account, row.Address, row.ObservedAtMs));
            }
        }

        return actions;
    }

    /// <summary>
    /// Requests as actions on their template, with -1 as the object of a request that repeats nothing; in the order of rows.
    /// </summary>
    public IReadOnlyList<AccountAction> TemplateActions => _templateActions ??= Templates.Of(table, _use.Value);

    /// <summary>Requests as actions on all that they carry and their account repeats.</summary>
    public IReadOnlyList<AccountAction> AllActions()
    {
        var actions = new List<AccountAction>();
        for (var row = 0; row < table.Rows.Length; row++)
        {
            var at = table.Rows[row];
            foreach (var value in (int[])[at.Address, at.Network, at.SystemPrompt, at.ToolSet, .. table.PhrasesOf(row)])
            {
                if (value != InteractionTable.None && (IsPlace(value) || _use.Value.Repeats(at.Account, value)))
                {
                    actions.Add(new(at.Account, value, at.ObservedAtMs));
                }
            }
        }

        return actions;
    }

    private bool IsPlace(int value) => table.KindOf(value) is AttributeKind.Address or AttributeKind.Network;
}
