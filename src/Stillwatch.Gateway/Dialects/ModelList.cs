using System.Buffers;
using System.Text.Json;

namespace Stillwatch.Gateway.Dialects;

/// <summary>Writes what the gateway serves as each dialect lists models.</summary>
/// <remarks>When a model was made is not known here: OpenAI's form has the number 0, Anthropic's the epoch, as its own does then.</remarks>
internal static class ModelList
{
    private const string Epoch = "1970-01-01T00:00:00Z";

    /// <summary>Writes a list.</summary>
    public static void WriteAll(IBufferWriter<byte> output, Dialect dialect, IReadOnlyList<(string Name, string Owner)> models)
    {
        using var json = new Utf8JsonWriter(output);
        json.WriteStartObject();
        if (dialect is not Dialect.Anthropic)
        {
            json.WriteString("object", "list");
        }

        json.WriteStartArray("data");
        foreach (var (name, owner) in models)
        {
            WriteModel(json, dialect, name, owner);
        }

        json.WriteEndArray();
        if (dialect is Dialect.Anthropic)
        {
            json.WriteBoolean("has_more", false);
            json.WriteString("first_id", models.Count > 0 ? models[0].Name : null);
            json.WriteString("last_id", models.Count > 0 ? models[^1].Name : null);
        }

        json.WriteEndObject();
    }

    /// <summary>Writes one model.</summary>
    public static void WriteOne(IBufferWriter<byte> output, Dialect dialect, string name, string owner)
    {
        using var json = new Utf8JsonWriter(output);
        WriteModel(json, dialect, name, owner);
    }

    private static void WriteModel(Utf8JsonWriter json, Dialect dialect, string name, string owner)
    {
        json.WriteStartObject();
        json.WriteString("id", name);
        if (dialect is Dialect.Anthropic)
        {
            json.WriteString("type", "model");
            json.WriteString("display_name", name);
            json.WriteString("created_at", Epoch);
        }
        else
        {
            json.WriteString("object", "model");
            json.WriteNumber("created", 0);
            json.WriteString("owned_by", owner);
        }

        json.WriteEndObject();
    }
}
