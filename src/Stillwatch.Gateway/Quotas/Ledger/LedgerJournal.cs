using System.Globalization;
using Stillwatch.Evidence.Storage;

namespace Stillwatch.Gateway.Quotas.Ledger;

/// <summary>The folder of a durable ledger: segments, one spare segment ahead, and a snapshot of everything before them.</summary>
/// <remarks>
/// <see cref="Append"/> runs under the ledger's lock and only copies memory. Files are made, flushed, folded and deleted by
/// <see cref="Maintain"/>, which needs no lock: a snapshot is folded from the snapshot before and the closed segments, never from the
/// live state, so each one is a rehearsal of recovery as well. If the disk falls so far behind that there is no spare when one is
/// needed, nothing more is recorded, and so nothing more is admitted, until there is.
/// </remarks>
internal sealed class LedgerJournal : IDisposable
{
    private const string Boots = "/proc/sys/kernel/random/boot_id";

    private readonly string _directory;
    private readonly JournalOptions _options;
    private readonly FileStream _lock;
    private readonly Guid _boot;
    private readonly LedgerClock _clock;
    private readonly List<JournalSegment> _closed = [];
    private readonly Lock _files = new();
    private JournalSegment _active;
    private JournalSegment? _spare;

    private LedgerJournal(string directory, JournalOptions options, FileStream hold, LedgerClock clock, Guid boot, long sequence)
    {
        (_directory, _options, _lock, _clock, _boot) = (directory, options, hold, clock, boot);
        _active = JournalSegment.Create(PathOf(sequence, "journal"), sequence, options.SegmentBytes);
        _active.Begin(clock, boot, clock.Now);
        _spare = JournalSegment.Create(PathOf(sequence + 1, "journal"), sequence + 1, options.SegmentBytes);
        DirectoryEntries.Flush(directory);
    }

    /// <summary>The clock that goes on where the journal stopped.</summary>
    public LedgerClock Clock => _clock;

    /// <summary>Whether work waits for <see cref="Maintain"/> that should not wait for its next turn.</summary>
    public bool NeedsSpare => Volatile.Read(ref _spare) is null;

    /// <summary>
    /// Opens or makes a journal and folds what it holds. Requests that were under way when it stopped are charged in full.
    /// </summary>
    /// <exception cref="IOException">Another process has it, or the disk does not do its part.</exception>
    /// <exception cref="InvalidDataException">A file is damaged in the middle.</exception>
    public static (LedgerJournal Journal, LedgerState State) Open(
        string directory, JournalOptions options, TimeProvider time, Guid? boot = null)
    {
        Directory.CreateDirectory(directory);
        var hold = new FileStream(Path.Combine(directory, "lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        try
        {
            var here = boot ?? ThisBoot();
            var (state, last, anchor) = Fold(directory, here);
            var clock = anchor is { } before ? LedgerClock.Resume(time, before, here) : LedgerClock.Begin(time);
            var now = clock.Now;
            ChargeRequests(state, now);
            state.Latest = Math.Max(state.Latest, now);
            foreach (var unused in state.Unused(now))
            {
                state.Retire(unused);
            }

            var (timestamp, frequency) = clock.Anchor;
            LedgerSnapshot.Write(
                PathIn(directory, last, "snapshot"), last, new(clock.Start, timestamp, frequency, here, now), state);
            DeleteUpTo(directory, last);
            return (new(directory, options, hold, clock, here, last + 1), state);
        }
        catch
        {
            hold.Dispose();
            throw;
        }
    }

    /// <summary>Copies a record into the journal; false if there is no room at present.</summary>
    public bool Append(ReadOnlySpan<byte> record)
    {
        if (_active.Append(record))
        {
            return true;
        }

        if (_spare is not { } next)
        {
            return false;
        }

        next.Begin(_clock, _boot, _clock.Now);
        lock (_files)
        {
            _closed.Add(_active);
            _active = next;
            Volatile.Write(ref _spare, null);
        }

        return next.Append(record);
    }

    /// <summary>Flushes; makes a spare if there is none; folds closed segments into a new snapshot. One caller at a time.</summary>
    /// <exception cref="IOException">The disk does not do its part; it may be called again.</exception>
    public void Maintain()
    {
        // Without a spare the active segment stays what it is, so its successor's number is sure; hence the order.
        var needsSpare = NeedsSpare;
        JournalSegment active;
        List<JournalSegment> closed;
        lock (_files)
        {
            active = _active;
            closed = [.. _closed];
        }

        if (needsSpare)
        {
            var made = JournalSegment.Create(PathOf(active.Sequence + 1, "journal"), active.Sequence + 1, _options.SegmentBytes);
            DirectoryEntries.Flush(_directory);
            Volatile.Write(ref _spare, made);
        }

        active.Flush();
        if (closed.Count > 0)
        {
            FoldClosed(closed);
        }
    }

    public void Dispose()
    {
        lock (_files)
        {
            foreach (var segment in _closed.Append(_active).Append(_spare))
            {
                segment?.Dispose();
            }
        }

        _lock.Dispose();
    }

    private void FoldClosed(List<JournalSegment> closed)
    {
        closed.ForEach(segment => segment.Flush());
        var last = closed[^1].Sequence;
        var (state, _, anchor) = Fold(_directory, _boot, last);
        LedgerSnapshot.Write(PathOf(last, "snapshot"), last, anchor!.Value, state);
        lock (_files)
        {
            _closed.RemoveAll(closed.Contains);
        }

        closed.ForEach(segment => segment.Dispose());
        DeleteUpTo(_directory, last);
    }

    private static (LedgerState State, long Last, JournalAnchor? Anchor) Fold(string directory, Guid boot, long upTo = long.MaxValue)
    {
        var state = new LedgerState();
        var last = Numbers(directory, "snapshot").DefaultIfEmpty(0).Max();
        JournalAnchor? anchor = last > 0 ? LedgerSnapshot.Read(PathIn(directory, last, "snapshot"), last, state) : null;
        var segments = Numbers(directory, "journal").Where(number => number > last && number <= upTo).Order().ToList();
        foreach (var number in segments)
        {
            var path = PathIn(directory, number, "journal");
            if (number != last + 1)
            {
                throw new InvalidDataException($"Journal {last + 1} is missing in {directory}. Move the folder away to begin anew.");
            }

            var (begun, isWhole) = JournalSegment.Fold(path, number, state);
            anchor = begun ?? anchor;
            last = number;
            if (!isWhole && begun?.Boot == boot && HasSuccessor(directory, number))
            {
                throw new InvalidDataException(
                    $"{path} is damaged in the middle: what was spent after that is unknown. Move {directory} away to begin anew.");
            }
        }

        return (state, last, anchor);
    }

    private static bool HasSuccessor(string directory, long number) =>
        PathIn(directory, number + 1, "journal") is var path && File.Exists(path) && JournalSegment.IsBegun(path);

    private static void ChargeRequests(LedgerState state, long now)
    {
        foreach (var hold in state.Holds.Where(hold => hold.Kind == HoldKind.Request).ToList())
        {
            state.Apply(hold, now, LedgerCharge.InFull(hold), isClosed: true);
        }
    }

    private static void DeleteUpTo(string directory, long last)
    {
        foreach (var (kind, until) in new[] { ("journal", last), ("snapshot", last - 1) })
        {
            foreach (var number in Numbers(directory, kind).Where(number => number <= until))
            {
                File.Delete(PathIn(directory, number, kind));
            }
        }
    }

    private static List<long> Numbers(string directory, string kind) =>
    [
        .. Directory.EnumerateFiles(directory, $"*.{kind}").Select(path => Path.GetFileNameWithoutExtension(path))
            .Where(name => name.Length == 12 && name.All(char.IsAsciiDigit)).Select(name => long.Parse(name, CultureInfo.InvariantCulture)),
    ];

    private static Guid ThisBoot() => File.Exists(Boots) ? Guid.Parse(File.ReadAllText(Boots)) : Guid.Empty;

    private static string PathIn(string directory, long sequence, string kind) =>
        Path.Combine(directory, string.Create(CultureInfo.InvariantCulture, $"{sequence:D12}.{kind}"));

    private string PathOf(long sequence, string kind) => PathIn(_directory, sequence, kind);
}
