using Stillwatch.Evidence.Storage;
using Stillwatch.Gateway.Configuration;

namespace Stillwatch.Gateway.Observation;

/// <summary>Interactions on their way to the store, in segment files that only grow (docs/formats/spool.md).</summary>
/// <remarks>
/// A part is in the kernel's hands before the call returns, so it survives the death of the process; the disk has it at most
/// <see cref="ObservationOptions.FlushEvery"/> later, so a loss of power may take that much. One gateway a directory. Writers take
/// turns under one lock, a few microseconds each; the drain reads what is before <see cref="SpoolSegment.Length"/> without it.
/// </remarks>
internal sealed class Spool : IDisposable
{
    private readonly Lock _gate = new();
    private readonly ObservationOptions _options;
    private readonly FileStream _lock;
    private readonly SortedDictionary<uint, SpoolSegment> _segments = [];
    private SpoolSegment _active;
    private long _bytes;
    private long _failures;

    private Spool(ObservationOptions options, FileStream held)
    {
        _options = options;
        _lock = held;
        foreach (var path in Directory.EnumerateFiles(options.Spool, $"*{SpoolSegment.Extension}"))
        {
            if (SpoolSegment.Open(path) is { } segment)
            {
                _segments.Add(segment.Number, segment);
                _bytes += segment.Length;
            }
        }

        FirstOwnSegment = _segments.Count == 0 ? 1 : _segments.Keys.Max() + 1;
        _active = AddSegment(FirstOwnSegment);
    }

    /// <summary>The first segment of this process; what is open in earlier ones was interrupted.</summary>
    public uint FirstOwnSegment { get; }

    /// <summary>Bytes in all segments.</summary>
    public long Bytes => Volatile.Read(ref _bytes);

    /// <summary>Parts that could not be written.</summary>
    public long Failures => Volatile.Read(ref _failures);

    /// <summary>Opens the spool, makes it where there is none.</summary>
    /// <exception cref="IOException">Another gateway uses it, or it cannot be written.</exception>
    public static Spool Open(ObservationOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        Directory.CreateDirectory(options.Spool, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        var path = Path.Combine(options.Spool, "lock");
        FileStream held;
        try
        {
            held = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException inUse) when (File.Exists(path))
        {
            throw new IOException($"The spool {options.Spool} is in use by another gateway; give each one of its own.", inUse);
        }

        try
        {
            return new(options, held);
        }
        catch
        {
            held.Dispose();
            throw;
        }
    }

    /// <summary>A buffer for one part: the payload follows what is in it.</summary>
    public static ByteBuffer NewPart(int payloadBytes)
    {
        var part = new ByteBuffer(SpoolFrame.HeaderBytes + payloadBytes);
        Reset(part);
        return part;
    }

    /// <summary>Empties such a buffer for the next part.</summary>
    public static void Reset(ByteBuffer part)
    {
        part.Clear();
        part.GetSpan(SpoolFrame.HeaderBytes)[..SpoolFrame.HeaderBytes].Clear();
        part.Advance(SpoolFrame.HeaderBytes);
    }

    /// <summary>Writes the first part of an interaction.</summary>
    /// <param name="part">See <see cref="NewPart"/>.</param>
    /// <param name="inputTokens">The request's tokens as the gateway counts them.</param>
    /// <returns>The ticket for the second part; null if the part could not be written or the spool is full.</returns>
    public ulong? Admit(ByteBuffer part, int inputTokens)
    {
        var payload = part.Count - SpoolFrame.HeaderBytes;
        var checksum = SpoolFrame.Checksum(part.Span[SpoolFrame.HeaderBytes..]);
        lock (_gate)
        {
            if (_bytes + part.Count > _options.MaxSpoolBytes)
            {
                _failures++;
                return null;
            }

            RollIfFull();
            var ticket = ((ulong)_active.Number << 32) | _active.Admissions;
            new SpoolFrame(SpoolFrameKind.Admission, ticket, inputTokens, payload).WriteHeader(part.WrittenSpan(), checksum);
            if (!Write(part))
            {
                return null;
            }

            _active.Admissions++;
            return ticket;
        }
    }

    /// <summary>Writes the second part of an interaction.</summary>
    /// <returns>False if it could not be written: the interaction will be found interrupted.</returns>
    public bool Settle(ulong ticket, ByteBuffer part)
    {
        var payload = part.Count - SpoolFrame.HeaderBytes;
        var checksum = SpoolFrame.Checksum(part.Span[SpoolFrame.HeaderBytes..]);
        new SpoolFrame(SpoolFrameKind.Reply, ticket, 0, payload).WriteHeader(part.WrittenSpan(), checksum);
        lock (_gate)
        {
            return Write(part);
        }
    }

    /// <summary>Closes the segment that is being written, if there is anything in it, so that it can be emptied and deleted.</summary>
    public void Roll()
    {
        lock (_gate)
        {
            if (_active.Length > 0)
            {
                Seal();
            }
        }
    }

    /// <summary>Writes through to the disk what is not there.</summary>
    /// <exception cref="IOException">The disk does not take it.</exception>
    public void Flush()
    {
        foreach (var segment in Segments())
        {
            if (segment.IsDirty)
            {
                segment.IsDirty = false;
                FileContent.Flush(segment.Handle, segment.Path);
            }
        }
    }

    /// <summary>All segments, oldest first.</summary>
    public IReadOnlyList<SpoolSegment> Segments()
    {
        lock (_gate)
        {
            return [.. _segments.Values];
        }
    }

    /// <summary>Up to where a segment can be read.</summary>
    public long LengthOf(SpoolSegment segment)
    {
        lock (_gate)
        {
            return segment.Length;
        }
    }

    /// <summary>Deletes a closed segment whose interactions are all in the target.</summary>
    public void Delete(SpoolSegment segment)
    {
        lock (_gate)
        {
            _segments.Remove(segment.Number);
            _bytes -= segment.Length;
        }

        segment.Delete();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var segment in Segments())
        {
            segment.Dispose();
        }

        _lock.Dispose();
    }

    private bool Write(ByteBuffer part)
    {
        try
        {
            _active.Append(part.Span);
        }
        catch (IOException)
        {
            // What was written of the part stands behind the length, and the next part is written over it.
            _failures++;
            return false;
        }

        _active.Length += part.Count;
        _active.IsDirty = true;
        _bytes += part.Count;
        return true;
    }

    private void RollIfFull()
    {
        if (_active.Length >= _options.SegmentBytes)
        {
            Seal();
        }
    }

    /// <summary>If no new segment can be made, the present one goes on.</summary>
    private void Seal()
    {
        var full = _active;
        try
        {
            _active = AddSegment(full.Number + 1);
            full.Seal();
        }
        catch (IOException)
        {
            _failures++;
        }
    }

    private SpoolSegment AddSegment(uint number)
    {
        var segment = SpoolSegment.Create(_options.Spool, number, _options.SegmentBytes);
        _segments.Add(number, segment);
        return segment;
    }
}
