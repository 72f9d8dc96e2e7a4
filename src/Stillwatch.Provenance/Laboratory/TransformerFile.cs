using System.Buffers.Binary;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace Stillwatch.Provenance.Laboratory;

/// <summary>A transformer as a file in the format safetensors. Stateless.</summary>
/// <remarks>
/// Eight bytes, little-endian: the length of a header. The header, JSON: for each tensor its type, its shape, where its values begin
/// and end behind the header; among <c>__metadata__</c> the shape of the model, as text. Then the values, in single precision,
/// little-endian.
/// What is read may come from anybody: the header is bounded, the shape decides which tensors there are and how much memory is taken, and
/// only after the file turned out to hold as much.
/// </remarks>
internal static class TransformerFile
{
    private const string Format = "stillwatch-transformer-1";
    private const int MaxHeader = 1 << 20;
    private const int MaxDepth = 4;
    private const int ReadAtOnce = 1 << 20;

    public static void Write(Stream output, TransformerModel model)
    {
        WriteHeader(output, model.Options);
        output.Write(MemoryMarshal.AsBytes(model.Values.AsSpan()));
    }

    /// <summary>What stands before the values.</summary>
    internal static void WriteHeader(Stream output, TransformerOptions options)
    {
        using var header = new MemoryStream();
        using (var json = new Utf8JsonWriter(header))
        {
            WriteHeader(json, options);
        }

        while (header.Length % sizeof(float) != 0)
        {
            header.WriteByte((byte)' ');
        }

        Span<byte> length = stackalloc byte[sizeof(ulong)];
        BinaryPrimitives.WriteUInt64LittleEndian(length, (ulong)header.Length);
        output.Write(length);
        output.Write(header.GetBuffer().AsSpan(0, (int)header.Length));
    }

    public static TransformerModel Read(Stream input)
    {
        Span<byte> prefix = stackalloc byte[sizeof(ulong)];
        Fill(input, prefix);
        var length = BinaryPrimitives.ReadUInt64LittleEndian(prefix);
        if (length > MaxHeader)
        {
            throw new InvalidDataException($"The header of {length} bytes is longer than {MaxHeader}.");
        }

        var header = new byte[length];
        Fill(input, header);
        var options = OptionsOf(header);
        return new(options, ReadValues(input, new TransformerLayout(options).Length));
    }

    private static void WriteHeader(Utf8JsonWriter json, TransformerOptions options)
    {
        json.WriteStartObject();
        json.WriteStartObject("__metadata__");
        json.WriteString("format", Format);
        foreach (var (name, value) in Numbers(options))
        {
            json.WriteString(name, value.ToString(CultureInfo.InvariantCulture));
        }

        json.WriteEndObject();
        foreach (var tensor in new TransformerLayout(options).Tensors)
        {
            json.WriteStartObject(tensor.Name);
            json.WriteString("dtype", "F32");
            json.WriteStartArray("shape");
            foreach (var size in ShapeOf(tensor))
            {
                json.WriteNumberValue(size);
            }

            json.WriteEndArray();
            json.WriteStartArray("data_offsets");
            json.WriteNumberValue((long)tensor.Offset * sizeof(float));
            json.WriteNumberValue((long)(tensor.Offset + tensor.Length) * sizeof(float));
            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    private static (string Name, int Value)[] Numbers(TransformerOptions options) =>
    [
        ("vocabulary", options.Vocabulary), ("dimension", options.Dimension), ("layers", options.Layers), ("heads", options.Heads),
        ("window", options.Window),
    ];

    private static int[] ShapeOf(TransformerTensor tensor) =>
        tensor.Rows == 1 ? [tensor.Columns] : [tensor.Rows, tensor.Columns];

    /// <summary>The shape, once every tensor of it turned out to be where it is to be, and no other.</summary>
    private static TransformerOptions OptionsOf(byte[] header)
    {
        try
        {
            using var json = JsonDocument.Parse(
                header, new JsonDocumentOptions { MaxDepth = MaxDepth, AllowDuplicateProperties = false });
            var metadata = json.RootElement.GetProperty("__metadata__");
            if (metadata.GetProperty("format").GetString() != Format)
            {
                throw new InvalidDataException($"It is not of the format {Format}.");
            }

            var options = new TransformerOptions
            {
                Vocabulary = Number(metadata, "vocabulary"),
                Dimension = Number(metadata, "dimension"),
                Layers = Number(metadata, "layers"),
                Heads = Number(metadata, "heads"),
                Window = Number(metadata, "window"),
            };
            CheckTensors(json.RootElement, new(options));
            return options;
        }
        catch (Exception fault) when (fault is JsonException or KeyNotFoundException or InvalidOperationException or FormatException
            or OverflowException or ArgumentException)
        {
            throw new InvalidDataException("The header cannot be used: " + fault.Message, fault);
        }
    }

    private static int Number(JsonElement metadata, string name) =>
        int.Parse(metadata.GetProperty(name).GetString() ?? "", NumberStyles.None, CultureInfo.InvariantCulture);

    private static void CheckTensors(JsonElement root, TransformerLayout layout)
    {
        if (root.EnumerateObject().Count() != layout.Tensors.Count + 1)
        {
            throw new InvalidDataException($"There are not {layout.Tensors.Count} tensors.");
        }

        foreach (var tensor in layout.Tensors)
        {
            var entry = root.GetProperty(tensor.Name);
            var shape = entry.GetProperty("shape").EnumerateArray().Select(static size => size.GetInt32());
            var offsets = entry.GetProperty("data_offsets").EnumerateArray().Select(static offset => offset.GetInt64());
            if (entry.GetProperty("dtype").GetString() != "F32" || !shape.SequenceEqual(ShapeOf(tensor))
                || !offsets.SequenceEqual([(long)tensor.Offset * sizeof(float), (long)(tensor.Offset + tensor.Length) * sizeof(float)]))
            {
                throw new InvalidDataException($"The tensor {tensor.Name} is not of the shape of the model, or not in its place.");
            }
        }
    }

    /// <summary>Takes memory as the file gives values, so that a short file that promises many costs nothing.</summary>
    private static float[] ReadValues(Stream input, int count)
    {
        var values = new List<float>();
        var piece = new float[Math.Min(count, ReadAtOnce)];
        while (values.Count < count)
        {
            var part = piece.AsSpan(0, Math.Min(piece.Length, count - values.Count));
            Fill(input, MemoryMarshal.AsBytes(part));
            foreach (var value in part)
            {
                if (!float.IsFinite(value))
                {
                    throw new InvalidDataException("A value is not finite.");
                }
            }

            values.AddRange(part);
        }

        return input.ReadByte() < 0 ? [.. values] : throw new InvalidDataException("The file goes on behind the last tensor.");
    }

    private static void Fill(Stream input, Span<byte> bytes)
    {
        if (input.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false) < bytes.Length)
        {
            throw new InvalidDataException("The file ends too soon.");
        }
    }
}
