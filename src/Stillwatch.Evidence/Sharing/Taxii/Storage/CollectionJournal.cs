using System.Text;
using System.Text.Json;
using Stillwatch.Evidence.Sharing.Stix;
using Stillwatch.Evidence.Storage;

namespace Stillwatch.Evidence.Sharing.Taxii.Storage;

/// <summary>
/// The file of a collection: lines <c>{"added":TIME,"object":{…}}</c>, <c>{"deleted":[TIME,…]}</c> with the times of adding, and
/// <c>{"status":{…}}</c>. The present state is a fold over it.
/// </summary>
internal sealed class CollectionJournal : IDisposable
{
    private const int MaxLineBytes = 64 << 20;

    private readonly AppendOnlyLines _lines;

    private CollectionJournal(AppendOnlyLines lines) => _lines = lines;

    /// <summary>Opens a journal and gives every line it holds.</summary>
    /// <exception cref="InvalidDataException">A line in the middle is none: the file was changed by others.</exception>
    public static CollectionJournal Open(
        string path, Action<StoredVersion> added, Action<DateTimeOffset> deleted, Action<TaxiiStatus> status)
    {
        var journal = new CollectionJournal(AppendOnlyLines.Open(path));
        try
        {
            long offset = 0;
            foreach (var line in journal._lines.Lines())
            {
                var length = Encoding.UTF8.GetByteCount(line);
                Replay(line, offset, length, added, deleted, status);
                offset += length + 1;
            }

            return journal;
        }
        catch (Exception broken)
        {
            journal.Dispose();
            throw broken is JsonException or FormatException or KeyNotFoundException or InvalidOperationException
                ? new InvalidDataException($"{path} is no journal of a collection: {broken.Message}", broken)
                : broken;
        }
    }

    /// <summary>The line of an object, and the object as the index has it but for where it is.</summary>
    public static byte[] Line(DateTimeOffset added, ReadOnlySpan<byte> json) => [.. Prefix(added), .. json, (byte)'}'];

    /// <summary>Writes lines together; durable when it completes.</summary>
    public Task<IReadOnlyList<long>> AppendAsync(IReadOnlyList<ReadOnlyMemory<byte>> lines) =>
        _lines.AppendAsync(lines, CancellationToken.None);

    /// <summary>The bytes of an object.</summary>
    public byte[] Read(StoredVersion version) => _lines.Read(version.Offset, version.Length);

    /// <inheritdoc/>
    public void Dispose() => _lines.Dispose();

    /// <summary>The object of a line that begins at an offset.</summary>
    public static StoredVersion Version(JsonElement item, DateTimeOffset added, long lineStart, int objectLength)
    {
        var text = Text(item, "modified") ?? Text(item, "created");
        var isVersioned = StixTimestamp.TryParse(text, out var time);
        return new StoredVersion
        {
            Id = Text(item, "id")!,
            Version = isVersioned ? text! : TaxiiTimestamp.Format(added),
            VersionTime = isVersioned ? time : added,
            IsVersioned = isVersioned,
            SpecVersion = Text(item, "spec_version") ?? (isVersioned ? "2.0" : "2.1"),
            Added = added,
            Offset = lineStart + Prefix(added).Length,
            Length = objectLength,
        };
    }

    private static void Replay(
        string line,
        long offset,
        int length,
        Action<StoredVersion> added,
        Action<DateTimeOffset> deleted,
        Action<TaxiiStatus> status)
    {
        if (length > MaxLineBytes)
        {
            throw new JsonException($"a line has {length} bytes");
        }

        using var document = JsonDocument.Parse(line);
        var root = document.RootElement;
        if (root.TryGetProperty("object", out var item))
        {
            var time = Time(root.GetProperty("added"));
            added(Version(item, time, offset, length - Prefix(time).Length - 1));
        }
        else if (root.TryGetProperty("deleted", out var times))
        {
            foreach (var time in times.EnumerateArray())
            {
                deleted(Time(time));
            }
        }
        else
        {
            status(root.GetProperty("status").Deserialize(TaxiiJsonContext.Default.TaxiiStatus)!);
        }
    }

    private static byte[] Prefix(DateTimeOffset added) =>
        Encoding.UTF8.GetBytes($$"""{"added":"{{TaxiiTimestamp.Format(added)}}","object":""");

    private static DateTimeOffset Time(JsonElement value) =>
        StixTimestamp.TryParse(value.GetString(), out var time) ? time : throw new FormatException("a time is none");

    private static string? Text(JsonElement item, string property) =>
        item.TryGetProperty(property, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
