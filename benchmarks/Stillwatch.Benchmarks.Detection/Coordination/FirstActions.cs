namespace Stillwatch.Benchmarks.Detection.Coordination;

/// <summary>When each account first acted on each object, from both sides. Immutable.</summary>
internal sealed class FirstActions
{
    private readonly (int Object, long At)[][] _ofAccount;
    private readonly (int Account, long At)[][] _onObject;

    /// <param name="accounts">How many accounts there are.</param>
    /// <param name="objects">How many objects there are.</param>
    /// <param name="actions">All actions, in any order.</param>
    public FirstActions(int accounts, int objects, IEnumerable<AccountAction> actions)
    {
        var first = new Dictionary<(int Account, int Object), long>();
        foreach (var action in actions)
        {
            var key = (action.Account, action.Object);
            first[key] = first.TryGetValue(key, out var known) ? Math.Min(known, action.ObservedAtMs) : action.ObservedAtMs;
        }

        _ofAccount = Rows<int>(accounts, first.Select(static pair => (pair.Key.Account, pair.Key.Object, pair.Value)));
        _onObject = Rows<int>(objects, first.Select(static pair => (pair.Key.Object, pair.Key.Account, pair.Value)));
    }

    /// <summary>On what an account acted, ascending.</summary>
    public ReadOnlySpan<(int Object, long At)> OfAccount(int account) => _ofAccount[account];

    /// <summary>Who acted on an object, ascending.</summary>
    public ReadOnlySpan<(int Account, long At)> OnObject(int target) => _onObject[target];

    private static (T Other, long At)[][] Rows<T>(int count, IEnumerable<(int Row, T Other, long At)> cells)
    {
        var rows = new (T Other, long At)[count][];
        Array.Fill(rows, []);
        foreach (var row in cells.GroupBy(static cell => cell.Row))
        {
            rows[row.Key] = [.. row.Select(static cell => (cell.Other, cell.At)).Order()];
        }

        return rows;
    }
}
