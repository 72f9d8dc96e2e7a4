namespace Stillwatch.Benchmarks.Detection.Coordination;

/// <summary>The tensor for D-Cube: account, template, span of ten minutes, network.</summary>
/// <remarks>Interactions without a template or a network are in no tuple.</remarks>
internal static class TrafficTensor
{
    private static readonly TimeSpan Span = TimeSpan.FromMinutes(10);

    /// <summary>The tensor of a log.</summary>
    /// <param name="table">The log.</param>
    /// <param name="templates">The template of every interaction, in the order of rows.</param>
    public static MassTensor Of(InteractionTable table, IReadOnlyList<AccountAction> templates)
    {
        var (template, span, network) = (new Dictionary<long, int>(), new Dictionary<long, int>(), new Dictionary<long, int>());
        var tuples = new List<(int[] Values, double Mass)>();
        for (var row = 0; row < table.Rows.Length; row++)
        {
            var (account, value, at) = templates[row];
            if (value != InteractionTable.None && table.Rows[row].Network != InteractionTable.None)
            {
                var time = at / (long)Span.TotalMilliseconds;
                tuples.Add(([account, Number(template, value), Number(span, time), Number(network, table.Rows[row].Network)], 1));
            }
        }

        return new([table.Accounts.Count, template.Count, span.Count, network.Count], tuples);
    }

    private static int Number(Dictionary<long, int> numbers, long value) =>
        numbers.TryGetValue(value, out var number) ? number : numbers[value] = numbers.Count;
}
