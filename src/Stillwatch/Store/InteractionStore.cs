using Stillwatch.Interactions;
using Stillwatch.Interactions.Reading;
using Stillwatch.Store.Engine;
using Stillwatch.Store.Ingestion;
using Stillwatch.Store.Schema;

namespace Stillwatch.Store;

/// <summary>The interactions of a log, kept for hunting: a directory on this machine, or a database of a ClickHouse server.</summary>
/// <remarks>
/// Reads may run at any time, also during a write. Writes of one object wait for each other. Of several processes only one may write at
/// a time: a directory is locked by who opens it; on a server it is the operator's to see to.
/// </remarks>
public sealed class InteractionStore : IAsyncDisposable
{
    private readonly SemaphoreSlim _writing = new(1);
    private readonly SemaphoreSlim _rollUps = new(1);
    private readonly StoreOptions _options;
    private WriterState? _state;

    private InteractionStore(ClickHouseEngine engine, StoreOptions options, ContentPolicy content, uint schemaVersion) =>
        (Engine, _options, Content, SchemaVersion) = (engine, options, content, schemaVersion);

    /// <summary>The engine, for questions over the tables.</summary>
    public ClickHouseEngine Engine { get; }

    /// <summary>What the store keeps of texts.</summary>
    public ContentPolicy Content { get; }

    /// <summary>Version of the tables' definitions.</summary>
    public uint SchemaVersion { get; }

    /// <summary>Opens a store, makes it where there is none, and brings it to the present schema.</summary>
    /// <param name="address">A directory, or <c>http[s]://[user:password@]host[:port][/database]</c>; null is ./stillwatch-data.</param>
    /// <param name="options">Null for the defaults.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <exception cref="StoreUnavailableException">
    /// The store cannot be opened, a newer program wrote it, or it keeps other texts than wanted; the message says which.
    /// </exception>
    public static async Task<InteractionStore> OpenAsync(
        string? address, StoreOptions? options = null, CancellationToken cancellationToken = default)
    {
        var chosen = options ?? new();
        var engine = await ClickHouse.OpenAsync(address, chosen.Engine, cancellationToken).ConfigureAwait(false);
        try
        {
            var version = await new SchemaMigrator(engine, Migrations.All).MigrateAsync(cancellationToken).ConfigureAwait(false);
            var content = await new StoreSettings(engine).AgreeOnContentAsync(chosen.Content, cancellationToken).ConfigureAwait(false);
            if (engine.Address.IsEmbedded)
            {
                await CommittedBatches.AdoptAsync(engine, cancellationToken).ConfigureAwait(false);
            }

            return new(engine, chosen, content, version);
        }
        catch
        {
            await engine.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Reads logs into the store. Interactions that it holds already, or that come twice, are stored once.</summary>
    /// <param name="inputs">The logs, in the order of reading.</param>
    /// <param name="options">Null for the defaults.</param>
    /// <param name="progress">Told after every chunk of input.</param>
    /// <param name="cancellationToken">Ends the ingest; what is written stays, and reading the same logs again completes it.</param>
    /// <exception cref="InputFaultException">The options are strict and something is wrong with the input.</exception>
    public Task<IngestSummary> IngestAsync(
        IReadOnlyList<InputFile> inputs,
        IngestOptions? options = null,
        IProgress<IngestSnapshot>? progress = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        var chosen = (options ?? new()).Checked();
        return WriteAsync(
            state => new LogIngest(Writer(state, chosen), inputs, _options.Time, progress).RunAsync(cancellationToken),
            cancellationToken);
    }

    /// <summary>Adds interactions that are in memory, with the same guarantees.</summary>
    /// <param name="interactions">Lists of a few thousand, best in the order of time; they may not change once handed over.</param>
    /// <param name="options">Null for the defaults.</param>
    /// <param name="progress">Told after every list.</param>
    /// <param name="cancellationToken">Ends the writing; what is written stays.</param>
    /// <exception cref="ArgumentOutOfRangeException">An interaction is from before 1970 or after 2106.</exception>
    public Task<IngestSummary> AppendAsync(
        IAsyncEnumerable<IReadOnlyList<Interaction>> interactions,
        IngestOptions? options = null,
        IProgress<IngestSnapshot>? progress = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(interactions);
        var chosen = (options ?? new()).Checked();
        return WriteAsync(
            state => new ListIngest(Writer(state, chosen), progress).RunAsync(interactions, cancellationToken),
            cancellationToken);
    }

    /// <summary>Reads registrations of accounts into the store. Of several of one account the one that was read last counts.</summary>
    /// <param name="registrations">In the order in which they were made.</param>
    /// <param name="cancellationToken">Ends the import; what is written stays.</param>
    /// <returns>How many there were.</returns>
    public Task<long> ImportRegistrationsAsync(
        IAsyncEnumerable<AccountRegistration> registrations, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(registrations);
        return WriteAsync(
            async state =>
            {
                using var import = new RegistrationImport(Engine, state);
                return await import.RunAsync(registrations, cancellationToken).ConfigureAwait(false);
            },
            cancellationToken);
    }

    /// <summary>Drops all interactions of the days (UTC) before one. Labels and registrations stay.</summary>
    public Task<PruneSummary> PruneAsync(DateOnly before, CancellationToken cancellationToken = default) =>
        WriteAsync(
            async state =>
            {
                var pruned = await new Pruning(Engine, state.Batches).RunAsync(before, cancellationToken).ConfigureAwait(false);
                state.IsStale = true;
                return pruned;
            },
            cancellationToken);

    /// <summary>The texts behind hashes (<see cref="StoreKeys"/>) of a kind; hashes without a text are absent from the result.</summary>
    public Task<IReadOnlyDictionary<ulong, string>> LabelsAsync(
        LabelKind kind, IEnumerable<ulong> hashes, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(hashes);
        return new StoreLabels(Engine).FindAsync(kind, hashes, cancellationToken);
    }

    /// <summary>
    /// The last batch up to which the store holds all interactions it will ever hold, but for what is pruned; 0 for an empty store. What is
    /// derived from interactions goes by this number, as a batch that is being written appears day by day.
    /// </summary>
    public Task<uint> CommittedBatchAsync(CancellationToken cancellationToken = default) =>
        CommittedBatches.LastAsync(Engine, cancellationToken);

    /// <summary>Says what the store is and holds. Takes about a second for a hundred million interactions.</summary>
    public Task<StoreOverview> DescribeAsync(CancellationToken cancellationToken = default) =>
        new OverviewQuery(this).RunAsync(cancellationToken);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await Engine.DisposeAsync().ConfigureAwait(false);
        _writing.Dispose();
        _rollUps.Dispose();
    }

    /// <summary>Waits until nobody else uses the roll-ups; disposing the result lets the next one have them.</summary>
    internal async Task<IDisposable> TakeRollUpsAsync(CancellationToken cancellationToken)
    {
        await _rollUps.WaitAsync(cancellationToken).ConfigureAwait(false);
        return new Turn(_rollUps);
    }

    private StoreWriter Writer(WriterState state, IngestOptions options) => new(Engine, state, Content, options);

    /// <summary>After a failure nobody knows what of the last block was written: the next write looks.</summary>
    private async Task<T> WriteAsync<T>(Func<WriterState, Task<T>> write, CancellationToken cancellationToken)
    {
        await _writing.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            var state = _state ?? await WriterState.LoadAsync(Engine, cancellationToken).ConfigureAwait(false);
            _state = null;
            var result = await write(state).ConfigureAwait(false);
            _state = state.IsStale ? null : state;
            return result;
        }
        finally
        {
            _writing.Release();
        }
    }

    private sealed class Turn(SemaphoreSlim gate) : IDisposable
    {
        public void Dispose() => gate.Release();
    }
}
