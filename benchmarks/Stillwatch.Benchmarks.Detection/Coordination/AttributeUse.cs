using System.Runtime.InteropServices;

namespace Stillwatch.Benchmarks.Detection.Coordination;

/// <summary>Which values each account uses as a habit: the input of every rival that works on a graph.</summary>
/// <remarks>
/// Addresses, networks, programs and registrations count from the first use. Of content, only what the account repeats counts: at least
/// twice, and in at least one interaction of fifty, which is where the product draws the line as well.
/// </remarks>
internal sealed class AttributeUse
{
    private const int MinRepeats = 2;
    private const double MinContentShare = 0.02;

    private static readonly AttributeKind[] Content = [AttributeKind.Phrase, AttributeKind.SystemPrompt, AttributeKind.ToolSet];

    private readonly InteractionTable _table;
    private readonly List<(int Account, int Value)> _uses = [];
    private readonly HashSet<(int Account, int Value)> _habits = [];

    /// <param name="table">The log.</param>
    public AttributeUse(InteractionTable table)
    {
        _table = table;
        var interactions = new int[table.Accounts.Count];
        var counts = Count(table, interactions);
        foreach (var ((account, value), count) in counts)
        {
            var isContent = Content.Contains(table.KindOf(value));
            if (!isContent || (count >= MinRepeats && count >= MinContentShare * interactions[account]))
            {
                _uses.Add((account, value));
                if (isContent)
                {
                    _habits.Add((account, value));
                }
            }
        }

        AddRegistrations();
    }

    /// <summary>Whether an account repeats a phrase, a system prompt or a set of tools.</summary>
    public bool Repeats(int account, int value) => _habits.Contains((account, value));

    /// <summary>The graph of some kinds of values; none means all.</summary>
    public BipartiteGraph Graph(params AttributeKind[] kinds) => new(
        _table.Accounts.Count,
        _table.ValueCount,
        _uses.Where(use => kinds.Length == 0 || kinds.Contains(_table.KindOf(use.Value))));

    private void AddRegistrations()
    {
        for (var account = 0; account < _table.Accounts.Count; account++)
        {
            var (payment, domain) = _table.RegistrationOf(account);
            if (payment != InteractionTable.None)
            {
                _uses.Add((account, payment));
            }

            if (domain != InteractionTable.None)
            {
                _uses.Add((account, domain));
            }
        }
    }

    private static Dictionary<(int Account, int Value), int> Count(InteractionTable table, int[] interactions)
    {
        var counts = new Dictionary<(int Account, int Value), int>();
        for (var index = 0; index < table.Rows.Length; index++)
        {
            ref readonly var row = ref table.Rows[index];
            interactions[row.Account]++;
            Add(row.Account, row.Address);
            Add(row.Account, row.Network);
            Add(row.Account, row.AutonomousSystem);
            Add(row.Account, row.Client);
            Add(row.Account, row.SystemPrompt);
            Add(row.Account, row.ToolSet);
            foreach (var phrase in table.PhrasesOf(index))
            {
                Add(row.Account, phrase);
            }
        }

        return counts;

        void Add(int account, int value)
        {
            if (value != InteractionTable.None)
            {
                CollectionsMarshal.GetValueRefOrAddDefault(counts, (account, value), out _)++;
            }
        }
    }
}
