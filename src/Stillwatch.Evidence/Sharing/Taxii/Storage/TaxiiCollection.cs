using System.Text;
using System.Text.Json;
using Stillwatch.Evidence.CanonicalJson;
using Stillwatch.Evidence.Sharing.Stix;

namespace Stillwatch.Evidence.Sharing.Taxii.Storage;

/// <summary>The objects of one collection. Reads see a snapshot; writes wait for each other and are durable when they complete.</summary>
/// <remarks>The index is in memory, some 300 bytes a version; the objects are in the journal.</remarks>
internal sealed class TaxiiCollection : IDisposable
{
    /// <summary>How many statuses are kept.</summary>
    private const int MaxStatuses = 10_000;

    /// <summary>Objects of one page together have at most some more bytes than these.</summary>
    private const long PageBytes = 8 << 20;

    private readonly SemaphoreSlim _writing = new(1);
    private readonly TimeProvider _time;
    private readonly CollectionJournal _journal;
    private readonly Queue<Guid> _statusOrder = new();
    private readonly Dictionary<Guid, TaxiiStatus> _statuses = [];
    private volatile IReadOnlyList<StoredVersion> _versions;
    private DateTimeOffset _lastAdded = DateTimeOffset.MinValue;

    private TaxiiCollection(string path, TimeProvider time)
    {
        _time = time;
        var versions = new SortedDictionary<DateTimeOffset, StoredVersion>();
        _journal = CollectionJournal.Open(
            path, version => versions.Add(_lastAdded = version.Added, version), added => versions.Remove(added), Remember);
        _versions = [.. versions.Values];
    }

    /// <summary>Opens the collection of a file.</summary>
    /// <exception cref="InvalidDataException">The file is no journal of a collection.</exception>
    public static TaxiiCollection Open(string path, TimeProvider time) => new(path, time);

    /// <summary>A page of what is asked for.</summary>
    /// <param name="filter">What.</param>
    /// <param name="after">What was added up to here was on earlier pages.</param>
    /// <param name="limit">At most so many, at least 1.</param>
    public TaxiiPage Query(TaxiiFilter filter, DateTimeOffset? after, int limit)
    {
        var page = new List<StoredVersion>();
        long bytes = 0;
        foreach (var version in filter.Apply(_versions).Where(version => after is not { } end || version.Added > end))
        {
            if (page.Count == limit || bytes >= PageBytes)
            {
                return new TaxiiPage(page, PageToken.Of(page[^1].Added, filter));
            }

            page.Add(version);
            bytes += version.Length;
        }

        return new TaxiiPage(page, null);
    }

    /// <summary>Whether any version of an object is held.</summary>
    public bool Holds(string id) => _versions.Any(version => version.Id == id);

    /// <summary>The bytes of an object, in canonical form.</summary>
    public byte[] Read(StoredVersion version) => _journal.Read(version);

    /// <summary>The status of a post; null where there is none of this owner.</summary>
    public TaxiiStatus? Status(Guid id, string owner)
    {
        lock (_statuses)
        {
            return _statuses.GetValueOrDefault(id) is { } status && status.Owner == owner ? status : null;
        }
    }

    /// <summary>Adds objects. When it completes they and their status survive a loss of power.</summary>
    public async Task<TaxiiStatus> AddAsync(IReadOnlyList<JsonElement> objects, string owner)
    {
        await _writing.WaitAsync().ConfigureAwait(false);
        try
        {
            return await AddUnlockedAsync(objects, owner).ConfigureAwait(false);
        }
        finally
        {
            _writing.Release();
        }
    }

    /// <summary>Deletes versions of an object.</summary>
    public async Task DeleteAsync(TaxiiFilter filter)
    {
        await _writing.WaitAsync().ConfigureAwait(false);
        try
        {
            var gone = filter.Apply(_versions).Select(static version => version.Added).ToHashSet();
            if (gone.Count > 0)
            {
                var times = string.Join(',', gone.Order().Select(static time => $"\"{TaxiiTimestamp.Format(time)}\""));
                await _journal.AppendAsync([Encoding.UTF8.GetBytes($$"""{"deleted":[{{times}}]}""")]).ConfigureAwait(false);
                _versions = [.. _versions.Where(version => !gone.Contains(version.Added))];
            }
        }
        finally
        {
            _writing.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _journal.Dispose();
        _writing.Dispose();
    }

    private async Task<TaxiiStatus> AddUnlockedAsync(IReadOnlyList<JsonElement> objects, string owner)
    {
        var requested = TaxiiTimestamp.Truncate(_time.GetUtcNow());
        var added = new List<StoredVersion>();
        var lines = new List<ReadOnlyMemory<byte>>();
        var outcomes = new List<ObjectOutcome>();
        var known = _versions.Select(Key).ToHashSet();
        var last = _lastAdded;
        foreach (var item in objects)
        {
            var time = requested > last ? requested : last.AddMicroseconds(1);
            var (outcome, version, line) = Examine(item, time, known);
            outcomes.Add(outcome);
            if (version is not null)
            {
                added.Add(version);
                lines.Add(line);
                last = time;
            }
        }

        var status = new TaxiiStatus(RandomUuid.Next(), owner, requested, outcomes);
        lines.Add(JsonCanonicalization.Canonicalize(StatusLine(status)));
        var starts = await _journal.AppendAsync(lines).ConfigureAwait(false);
        _versions = [.. _versions, .. added.Zip(starts, static (version, start) => version with { Offset = version.Offset + start })];
        _lastAdded = last;
        Remember(status);
        return status;
    }

    private static (ObjectOutcome Outcome, StoredVersion? Version, byte[] Line) Examine(
        JsonElement item, DateTimeOffset time, HashSet<(string, DateTimeOffset?)> known)
    {
        try
        {
            var json = JsonCanonicalization.Canonicalize(Encoding.UTF8.GetBytes(item.GetRawText()));
            using var document = JsonDocument.Parse(json);
            var canonical = document.RootElement;
            if (canonical.ValueKind != JsonValueKind.Object || !canonical.TryGetProperty("id", out var id)
                || id.ValueKind != JsonValueKind.String || !StixId.TryParse(id.GetString(), null, out _))
            {
                throw new InvalidDataException("It is no object with the id of a STIX object.");
            }

            var version = CollectionJournal.Version(canonical, time, 0, json.Length);
            return known.Add(Key(version))
                ? (new ObjectOutcome(version.Id, version.Version, null, true), version, CollectionJournal.Line(time, json))
                : (new ObjectOutcome(version.Id, version.Version, "Object already added", true), null, []);
        }
        catch (InvalidDataException unusable)
        {
            return (new ObjectOutcome(Shown(item), TaxiiTimestamp.Format(time), unusable.Message, false), null, []);
        }
    }

    private static string Shown(JsonElement item)
    {
        var text = item.ValueKind == JsonValueKind.Object && item.TryGetProperty("id", out var id) ? id.GetRawText() : "no id";
        return text.Length > 100 ? text[..100] : text;
    }

    private static (string Id, DateTimeOffset? Version) Key(StoredVersion version) =>
        (version.Id, version.IsVersioned ? version.VersionTime : null);

    private static byte[] StatusLine(TaxiiStatus status) =>
        [.. "{\"status\":"u8, .. JsonSerializer.SerializeToUtf8Bytes(status, TaxiiJsonContext.Default.TaxiiStatus), (byte)'}'];

    private void Remember(TaxiiStatus status)
    {
        lock (_statuses)
        {
            _statuses[status.Id] = status;
            _statusOrder.Enqueue(status.Id);
            if (_statusOrder.Count > MaxStatuses)
            {
                _statuses.Remove(_statusOrder.Dequeue());
            }
        }
    }
}
