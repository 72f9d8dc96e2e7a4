using System.Globalization;
using Stillwatch.Benchmarks.Detection.Metrics;

namespace Stillwatch.Benchmarks.Detection.Sybil;

/// <summary>How far the labels can be read off the graph itself.</summary>
internal static class SybilLeak
{
    /// <summary>Writes what accounts of each label have in common with the graph.</summary>
    public static void Write(SybilLedger ledger, TextWriter writer)
    {
        var (direct, partners) = (new bool[ledger.Accounts.Count], Partners(ledger));
        foreach (var (from, to, _) in ledger.Transfers)
        {
            if (ledger.IsAccount(from) && ledger.IsAccount(to))
            {
                direct[from] = direct[to] = true;
            }
        }

        var whole = new SybilGraph(ledger, SybilView.All).Graph;
        var table = new MarkdownTable(
            "label", "accounts", "in the edges", "in a component of the authors", "transfers with a listed account",
            "deals with a partner of the same group");
        AddRow("fund-*", static account => account.IsFunded);
        AddRow("report-*", static account => account.IsReported);
        AddRow("eligible", static account => account.Group.Length == 0);
        writer.WriteLine("How the labels hang on the graph; percent of the accounts in the edges.\n");
        table.Write(writer);

        void AddRow(string label, Predicate<SybilAccount> has)
        {
            var all = Enumerable.Range(0, ledger.Accounts.Count).Where(account => has(ledger.Accounts[account])).ToArray();
            var seen = Array.FindAll(all, account => whole.ValuesOf(account).Length > 0);
            table.Add(
                label,
                all.Length.ToString("#,0", CultureInfo.InvariantCulture),
                seen.Length.ToString("#,0", CultureInfo.InvariantCulture),
                Share(seen, account => ledger.Accounts[account].IsConnected),
                Share(seen, account => direct[account]),
                Share(seen, account => partners[account]));
        }
    }

    /// <summary>Whether an account shares an address that is no hub with another one of its group, or transfers with one.</summary>
    private static bool[] Partners(SybilLedger ledger)
    {
        var graph = new SybilGraph(ledger, SybilView.WithoutHubs).Graph;
        var has = new bool[ledger.Accounts.Count];
        for (var value = 0; value < graph.ValueCount; value++)
        {
            var users = graph.AccountsOf(value).ToArray().Concat(ledger.IsAccount(value) ? [value] : []).Distinct()
                .Where(account => ledger.Accounts[account].Group.Length > 0);
            foreach (var group in users.GroupBy(account => ledger.Accounts[account].Group).Where(static group => group.Count() > 1))
            {
                foreach (var account in group)
                {
                    has[account] = true;
                }
            }
        }

        return has;
    }

    private static string Share(int[] accounts, Predicate<int> has) =>
        (100.0 * accounts.Count(account => has(account)) / Math.Max(1, accounts.Length)).ToString("0.0", CultureInfo.InvariantCulture);
}
