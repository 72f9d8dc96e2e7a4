using System.Text.Json;
using System.Text.Json.Serialization;
using Stillwatch.Evidence.Storage;

namespace Stillwatch.Evidence.Sharing.Taxii.Client;

/// <summary>How far a collection has been read. Kept in a file, a pull that was cut short goes on where it was.</summary>
/// <param name="AddedAfter">The X-TAXII-Date-Added-Last of the last whole walk; null at the beginning.</param>
/// <param name="Next">Names the page that comes next of a walk that has begun; null between walks.</param>
/// <param name="LastSeen">The X-TAXII-Date-Added-Last of the last page read.</param>
public sealed record PullPosition(string? AddedAfter, string? Next, string? LastSeen)
{
    /// <summary>Nothing read yet.</summary>
    public static PullPosition Beginning { get; } = new(null, null, null);

    /// <summary>The position of a file; the beginning where there is none.</summary>
    /// <exception cref="InvalidDataException">The file holds no position.</exception>
    public static PullPosition Load(string path)
    {
        try
        {
            return File.Exists(path)
                ? JsonSerializer.Deserialize(File.ReadAllBytes(path), PullPositionJsonContext.Default.PullPosition) ?? Beginning
                : Beginning;
        }
        catch (JsonException broken)
        {
            throw new InvalidDataException($"{path} holds no position of a pull: {broken.Message}", broken);
        }
    }

    /// <summary>Replaces the file, durably.</summary>
    public void Save(string path)
    {
        var partial = $"{path}.partial";
        using (var file = File.Create(partial))
        {
            file.Write(JsonSerializer.SerializeToUtf8Bytes(this, PullPositionJsonContext.Default.PullPosition));
            file.Flush(flushToDisk: true);
        }

        File.Move(partial, path, overwrite: true);
        DirectoryEntries.FlushOf(path);
    }

    internal PullPosition After(string? next, string? lastAdded) => next is not null
        ? this with { Next = next, LastSeen = lastAdded ?? LastSeen }
        : new PullPosition(lastAdded ?? LastSeen ?? AddedAfter, null, null);
}

/// <summary>Members in lower case with underscores.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(PullPosition))]
internal sealed partial class PullPositionJsonContext : JsonSerializerContext;
