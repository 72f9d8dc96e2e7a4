using Stillwatch.Interactions;
using Stillwatch.Interactions.Reading;

namespace Stillwatch.Store.Ingestion;

/// <summary>One writing of interactions that are in memory.</summary>
internal sealed class ListIngest(StoreWriter writer, IProgress<IngestSnapshot>? progress)
{
    /// <summary>Writes all.</summary>
    public async Task<IngestSummary> RunAsync(IAsyncEnumerable<IReadOnlyList<Interaction>> lists, CancellationToken cancellationToken)
    {
        var totals = await writer.WriteAsync(lists, NewEncoder, Report, cancellationToken).ConfigureAwait(false);
        return new(0, 0, totals.Interactions, totals.Stored, totals.Duplicates, new InputFaults().Snapshot(), totals.LastBatch);
    }

    private static InteractionListEncoder NewEncoder(InteractionEncoder encoder) => new(encoder);

    private void Report(IReadOnlyList<Interaction> list, WriteTotals totals) =>
        progress?.Report(new(0, 0, 0, null, totals.Interactions, totals.Stored, totals.Duplicates, 0));
}
