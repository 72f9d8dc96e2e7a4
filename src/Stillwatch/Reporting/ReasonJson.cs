using System.Text.Json;
using Stillwatch.Campaigns.Reasons;

namespace Stillwatch.Reporting;

/// <summary>An entry of the catalogue as members of a JSON object.</summary>
internal static class ReasonJson
{
    public static void WriteMembers(Utf8JsonWriter json, ReasonDefinition definition)
    {
        json.WriteString("title", definition.Title);
        json.WriteString("counts", ExplanationParts.Role(definition.Role));
        json.WriteString("meaning", definition.Meaning);
        json.WriteString("test", definition.Test);
        json.WriteString("null_hypothesis", definition.NullHypothesis);
        json.WriteString("cannot_mean", definition.CannotMean);
        json.WriteString("answer", definition.Answer);
        json.WriteStartArray("signals");
        foreach (var signal in definition.Signals)
        {
            Write(json, signal.Id, "description", signal.Description);
        }

        json.WriteEndArray();
        json.WriteStartArray("techniques");
        foreach (var technique in definition.Techniques)
        {
            Write(json, technique.Id, "name", technique.Name);
        }

        json.WriteEndArray();
    }

    private static void Write(Utf8JsonWriter json, string id, string member, string text)
    {
        json.WriteStartObject();
        json.WriteString("id", id);
        json.WriteString(member, text);
        json.WriteEndObject();
    }
}
