using System.Runtime.InteropServices;

namespace Stillwatch.Store.Ingestion;

/// <summary>Joins the rows of chunks into blocks, each interaction once, and has one block written while the next is filled.</summary>
/// <remarks>A block ends between two chunks, so that its bounds depend on the input alone.</remarks>
internal sealed class BlockAssembler(BlockCommitter committer, IngestOptions options, CancellationToken cancellationToken) : IAsyncDisposable
{
    private readonly HashSet64 _keys = new(options.BlockRows);
    private readonly List<int> _repeated = [];
    private EncodedRows _filling = new();
    private EncodedRows _spare = new();
    private Task<CommittedBlock>? _writing;

    /// <summary>Rows that were added to the store so far.</summary>
    public long Stored { get; private set; }

    /// <summary>Rows that were left out so far, because they came before or are stored.</summary>
    public long Duplicates { get; private set; }

    /// <summary>The last batch; 0 before the first.</summary>
    public uint LastBatch { get; private set; }

    /// <summary>Takes the rows of a chunk.</summary>
    public async ValueTask AddAsync(EncodedRows rows)
    {
        var full = _filling.Heads.Count + rows.Heads.Count > options.BlockRows
            || _filling.Block.ByteCount + rows.Block.ByteCount > options.BlockBytes;
        if (full && _filling.Heads.Count > 0)
        {
            await CutAsync().ConfigureAwait(false);
        }

        FindRepeated(rows.Heads);
        _filling.Append(rows, CollectionsMarshal.AsSpan(_repeated));
        Duplicates += _repeated.Count;
    }

    /// <summary>Has everything written.</summary>
    public async Task CompleteAsync()
    {
        if (_filling.Heads.Count > 0)
        {
            await CutAsync().ConfigureAwait(false);
        }

        await SettleAsync().ConfigureAwait(false);
    }

    /// <summary>Waits for the block that is being written; one that is not full yet is forgotten.</summary>
    public async ValueTask DisposeAsync()
    {
        await ((Task?)_writing ?? Task.CompletedTask).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _filling.Dispose();
        _spare.Dispose();
    }

    private async ValueTask CutAsync()
    {
        await SettleAsync().ConfigureAwait(false);
        var full = _filling;
        (_filling, _spare) = (_spare, full);
        _filling.Clear();
        _keys.Clear();
        _writing = Task.Run(() => committer.CommitAsync(full, cancellationToken), CancellationToken.None);
    }

    private async Task SettleAsync()
    {
        if (_writing is null)
        {
            return;
        }

        var committed = await _writing.ConfigureAwait(false);
        Stored += committed.Stored;
        Duplicates += committed.Known;
        LastBatch = committed.Batch;
        _writing = null;
    }

    private void FindRepeated(List<RowHead> heads)
    {
        _repeated.Clear();
        for (var row = 0; row < heads.Count; row++)
        {
            if (!_keys.Add(heads[row].Key))
            {
                _repeated.Add(row);
            }
        }
    }
}
