
namespace Stillwatch.Gateway.Observation;

/// <summary>Joins the parts of interactions in the spool, hands them to the target, and deletes segments that are empty then.</summary>
/// <remarks>
/// A segment goes once everything in it is in the target. What is handed over twice after a crash is stored once, because an
/// interaction keeps its id and time. Not thread-safe: one drain a spool. Memory: one batch, and 40 bytes a request in progress.
/// </remarks>
internal sealed class SpoolDrain(Spool spool, IInteractionTarget target) : IDisposable
{
    /// <summary>A batch ends past so many bytes; one longer interaction is a batch of its own.</summary>
    private const int BatchBytes = 8 << 20;

    private const int BatchInteractions = 8192;

    private readonly Dictionary<ulong, Admission> _open = [];
    private readonly ByteBuffer _batch = new();
    private readonly List<SpoolSegment> _parts = [];
    private bool _hasLookedForInterrupted;
    private int _count;

    /// <summary>Interactions in the target by now.</summary>
    public long Stored { get; private set; }

    /// <summary>Interactions that the target did not understand.</summary>
    public long Rejected { get; private set; }

    /// <summary>Interactions that an earlier process left unfinished.</summary>
    public long Interrupted { get; private set; }

    /// <summary>Segments with bytes that could not be read, as a crash leaves at their end.</summary>
    public long Damaged { get; private set; }

    /// <summary>Requests in progress, as far as the drain has read.</summary>
    public int Open => _open.Count;

    /// <summary>Hands over all that is complete.</summary>
    /// <exception cref="Exception">The target is away; what was not handed over comes again.</exception>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await DeliverAsync(cancellationToken).ConfigureAwait(false);
        foreach (var segment in spool.Segments())
        {
            await ReadAsync(segment, cancellationToken).ConfigureAwait(false);
            if (!_hasLookedForInterrupted && segment.Number >= spool.FirstOwnSegment)
            {
                _hasLookedForInterrupted = true;
                CollectInterrupted();
            }
        }

        await DeliverAsync(cancellationToken).ConfigureAwait(false);
        DeleteEmpty();
    }

    /// <inheritdoc/>
    public void Dispose() => _batch.Dispose();

    private async Task ReadAsync(SpoolSegment segment, CancellationToken cancellationToken)
    {
        var end = spool.LengthOf(segment);
        while (segment.ReadTo < end && !segment.IsBroken)
        {
            using var block = ReadBlock(segment, end);
            Take(segment, block.Span);
            if (_batch.Count >= BatchBytes || _count >= BatchInteractions)
            {
                await DeliverAsync(cancellationToken).ConfigureAwait(false);
            }
        }
    }

    /// <summary>Reads some frames; at least one, if there is one.</summary>
    private static ByteBuffer ReadBlock(SpoolSegment segment, long end)
    {
        const int BlockBytes = 1 << 20;
        var wanted = (int)Math.Min(BlockBytes, end - segment.ReadTo);
        var block = new ByteBuffer(wanted);
        Fill(segment, block, wanted);
        if (block.Count >= sizeof(int))
        {
            var first = SpoolFrame.HeaderBytes + (long)BitConverter.ToUInt32(block.Span);
            if (first > block.Count && first <= end - segment.ReadTo)
            {
                Fill(segment, block, (int)first);
            }
        }

        return block;
    }

    private static void Fill(SpoolSegment segment, ByteBuffer block, int wanted)
    {
        while (block.Count < wanted)
        {
            var room = block.GetSpan(wanted - block.Count)[..(wanted - block.Count)];
            var read = RandomAccess.Read(segment.Handle, room, segment.ReadTo + block.Count);
            if (read == 0)
            {
                return;
            }

            block.Advance(read);
        }
    }

    private void Take(SpoolSegment segment, ReadOnlySpan<byte> bytes)
    {
        var (taken, start) = (0, segment.ReadTo);
        while (SpoolFrame.TryRead(bytes[taken..], out var frame) && _batch.Count < BatchBytes)
        {
            var payload = bytes.Slice(taken + SpoolFrame.HeaderBytes, frame.PayloadBytes);
            if (frame.Kind is SpoolFrameKind.Admission)
            {
                _open[frame.Ticket] = new(segment, segment.ReadTo + SpoolFrame.HeaderBytes, frame.PayloadBytes, frame.InputTokens);
                segment.Pending++;
            }
            else if (_open.Remove(frame.Ticket, out var admission))
            {
                segment.Pending++;
                _parts.Add(segment);
                var at = admission.Segment == segment ? admission.At - start : -1;
                Join(admission, at >= 0 ? bytes.Slice((int)at, admission.Bytes) : default, payload);
            }

            taken += frame.Bytes;
            segment.ReadTo += frame.Bytes;
        }

        if (taken == 0)
        {
            segment.IsBroken = true;
            Damaged += SpoolFrame.IsUnwritten(bytes) ? 0 : 1;
        }
    }

    /// <summary>Puts the two parts of an interaction into the batch; the first is read again where it is not at hand.</summary>
    private void Join(in Admission admission, ReadOnlySpan<byte> request, ReadOnlySpan<byte> reply)
    {
        var room = _batch.GetSpan(admission.Bytes)[..admission.Bytes];
        request.CopyTo(room);
        for (var read = request.Length; read < room.Length;)
        {
            var more = RandomAccess.Read(admission.Segment.Handle, room[read..], admission.At + read);
            read += more > 0 ? more : throw new EndOfStreamException($"{admission.Segment.Path} ends within an interaction.");
        }

        _batch.Advance(room.Length);
        _batch.Append(","u8);
        _batch.Append(reply);
        _batch.Append("\n"u8);
        _parts.Add(admission.Segment);
        _count++;
    }

    /// <summary>What earlier processes admitted and did not settle: they died first.</summary>
    private void CollectInterrupted()
    {
        using var reply = new ByteBuffer();
        foreach (var (ticket, admission) in _open.Where(open => open.Value.Segment.Number < spool.FirstOwnSegment).ToList())
        {
            reply.Clear();
            var usage = new Interactions.TokenUsage(admission.InputTokens, 0, 0);
            InteractionRecords.WriteReply(reply, new(ExchangeOutcome.Interrupted, 0, usage, UsageSource.Gateway, null, 0, null), default);
            Join(admission, default, reply.Span);
            _open.Remove(ticket);
            Interrupted++;
        }
    }

    private async Task DeliverAsync(CancellationToken cancellationToken)
    {
        if (_count == 0)
        {
            return;
        }

        var rejected = await target.StoreAsync(_batch.Memory, _count, cancellationToken).ConfigureAwait(false);

        // Where the target answers over a socket this may be a thread that serves requests.
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        Stored += _count - rejected;
        Rejected += rejected;
        foreach (var segment in _parts)
        {
            segment.Pending--;
        }

        _parts.Clear();
        _batch.Clear();
        _count = 0;
    }

    private void DeleteEmpty()
    {
        foreach (var segment in spool.Segments())
        {
            var isRead = segment.IsBroken || segment.ReadTo == spool.LengthOf(segment);
            if (segment.IsSealed && isRead && segment.Pending == 0)
            {
                spool.Delete(segment);
            }
        }
    }

    private readonly record struct Admission(SpoolSegment Segment, long At, int Bytes, int InputTokens);
}
