using System.Runtime.InteropServices;

namespace Stillwatch.Store.Ingestion;

/// <summary>Joins the rows of chunks into blocks, each interaction once, and has one block written while the next is filled.</summary>
/// <remarks>
/// Where a block ends depends on the input alone: once it has all its rows, or before a chunk with which it had too many bytes.
/// </remarks>
internal sealed class BlockAssembler(BlockCommitter committer, IngestOptions options, CancellationToken cancellationToken)
    : IAsyncDisposable
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
        if (_filling.Heads.Count > 0 && _filling.Block.ByteCount + rows.Block.ByteCount > options.BlockBytes)
        {
            await CutAsync().ConfigureAwait(false);
        }

        _filling.Labels.AddRange(rows.Labels);
        for (var row = 0; row < rows.Heads.Count;)
        {
            if (_filling.Heads.Count == options.BlockRows)
            {
                await CutAsync().ConfigureAwait(false);
            }

            row = Fill(rows, row);
        }
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

    /// <summary>Adds rows from one on until the block is full or they end; gives the row after the last that was looked at.</summary>
    private int Fill(EncodedRows rows, int first)
    {
        _repeated.Clear();
        var row = first;
        for (var room = options.BlockRows - _filling.Heads.Count; row < rows.Heads.Count && room > 0; row++)
        {
            if (_keys.Add(rows.Heads[row].Key))
            {
                room--;
            }
            else
            {
                _repeated.Add(row);
            }
        }

        _filling.Append(rows, first..row, CollectionsMarshal.AsSpan(_repeated));
        Duplicates += _repeated.Count;
        return row;
    }
}
