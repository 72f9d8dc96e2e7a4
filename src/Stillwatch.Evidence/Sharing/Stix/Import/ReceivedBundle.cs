using System.Text.Json;
using Stillwatch.Evidence.CanonicalJson;

namespace Stillwatch.Evidence.Sharing.Stix.Import;

/// <summary>A bundle that somebody else wrote, checked for what STIX 2.1 demands of every object. Nothing in it is trusted.</summary>
/// <param name="Id">Its name.</param>
/// <param name="Objects">Its objects, in its order.</param>
public sealed record ReceivedBundle(StixId Id, IReadOnlyList<ReceivedObject> Objects)
{
    /// <summary>Reads a bundle. Time and memory are bounded by <see cref="StixLimits"/>.</summary>
    /// <param name="utf8">The content.</param>
    /// <param name="name">What errors call it.</param>
    /// <exception cref="InvalidDataException">It is no STIX 2.1 bundle, or beyond the limits; the message says where and why.</exception>
    public static ReceivedBundle Read(ReadOnlyMemory<byte> utf8, string name)
    {
        try
        {
            if (utf8.Length > StixLimits.MaxBytes)
            {
                throw new InvalidDataException($"{utf8.Length} bytes are more than the {StixLimits.MaxBytes} that are read at once");
            }

            // Only what has a canonical form is looked at: no member twice, no half characters, no number beyond a double.
            var canonical = JsonCanonicalization.Canonicalize(utf8);
            using var document = JsonDocument.Parse(canonical, new() { MaxDepth = StixLimits.MaxDepth });
            return Read(document.RootElement);
        }
        catch (Exception broken) when (broken is JsonException or InvalidDataException)
        {
            throw new InvalidDataException($"{name}: no usable STIX bundle: {broken.Message.ReplaceLineEndings(" ")}", broken);
        }
    }

    /// <summary>Reads a bundle from a stream, and no more of it than is allowed.</summary>
    /// <exception cref="InvalidDataException">As for <see cref="Read(ReadOnlyMemory{byte}, string)"/>.</exception>
    public static async Task<ReceivedBundle> ReadAsync(Stream stream, string name, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(stream);
        var buffer = new MemoryStream();
        var block = new byte[1 << 16];
        while (buffer.Length <= StixLimits.MaxBytes)
        {
            var read = await stream.ReadAsync(block, cancellationToken).ConfigureAwait(false);
            if (read == 0)
            {
                break;
            }

            buffer.Write(block, 0, read);
        }

        return Read(buffer.ToArray(), name);
    }

    private static ReceivedBundle Read(JsonElement root)
    {
        var isBundle = root.ValueKind == JsonValueKind.Object && root.TryGetProperty("type", out var type)
            && type.ValueKind == JsonValueKind.String && type.ValueEquals("bundle"u8);
        if (!isBundle)
        {
            throw new InvalidDataException("the outermost value is no object of type \"bundle\"");
        }

        var id = ReceivedObjects.IdOf(root, "the bundle");
        var objects = new List<ReceivedObject>();
        if (root.TryGetProperty("objects", out var list))
        {
            if (list.ValueKind != JsonValueKind.Array || list.GetArrayLength() > StixLimits.MaxObjects)
            {
                throw new InvalidDataException($"\"objects\" is no list of at most {StixLimits.MaxObjects} objects");
            }

            objects.AddRange(list.EnumerateArray().Select(static (item, index) => ReceivedObjects.Read(item, $"objects[{index}]")));
        }

        ReceivedObjects.CheckTogether(objects);
        return new ReceivedBundle(id, objects);
    }
}
