using System.Text.Json.Nodes;
using Stillwatch.Gateway.Policies.Language;
using Stillwatch.Gateway.Policies.Values;

namespace Stillwatch.Gateway.Tests.Policies;

/// <summary>A value for this engine and as Cedar's JSON.</summary>
internal sealed record Datum(PolicyValue Value, JsonNode Json)
{
    public static Datum Of(string value) => new(PolicyValue.Of(value), JsonValue.Create(value));

    public static Datum Of(long value) => new(PolicyValue.Of(value), JsonValue.Create(value));

    public static Datum Of(bool value) => new(PolicyValue.Of(value), JsonValue.Create(value));

    public static Datum Of(EntityId value) => new(PolicyValue.Of(value), new JsonObject { ["__entity"] = Name(value) });

    public static Datum Ip(string text) => Extension("ip", text);

    public static Datum Extension(string function, string text) => new(
        Functions.Constructors[function].Apply(PolicyValue.Of(text), default),
        new JsonObject { ["__extn"] = new JsonObject { ["fn"] = function, ["arg"] = text } });

    public static Datum Set(IReadOnlyList<Datum> elements) => new(
        PolicyValue.Set(elements.Select(element => element.Value)),
        new JsonArray([.. elements.Select(element => element.Json.DeepClone())]));

    public static Datum Record(IReadOnlyList<KeyValuePair<string, Datum>> members) => new(
        PolicyValue.Record(members.Select(member => KeyValuePair.Create(member.Key, member.Value.Value))),
        new JsonObject(members.Select(member => KeyValuePair.Create(member.Key, (JsonNode?)member.Value.Json.DeepClone()))));

    public static JsonNode Name(EntityId id) => new JsonObject { ["type"] = id.Type, ["id"] = id.Id };
}
