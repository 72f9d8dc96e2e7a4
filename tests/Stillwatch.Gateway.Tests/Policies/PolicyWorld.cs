using System.Text.Json.Nodes;
using Stillwatch.Gateway.Policies;
using Stillwatch.Gateway.Policies.Values;

namespace Stillwatch.Gateway.Tests.Policies;

/// <summary>Random entities and requests, for this engine and as Cedar's JSON.</summary>
internal sealed class PolicyWorld
{
    private static readonly string[] Moments = ["1969-12-31T23:59:59.999Z", "2026-11-10", "2026-11-28T20:00:00Z",
        "2026-11-28T20:00:00+0130"];
    private static readonly string[] Ranges = ["10.0.0.1", "10.0.0.0/8", "127.0.0.1", "::1", "2001:db8::/32", "224.0.0.1"];
    private static readonly string[] Decimals = ["0.0", "1.25", "-3.1416", "922337203685477.5807"];

    /// <summary>The oracle's JSON numbers go through JavaScript; larger ones stand in the policies.</summary>
    private const long LargestOfJavaScript = (1L << 53) - 1;

    private readonly Random _random;

    public PolicyWorld(Random random)
    {
        _random = random;
        List<(EntityId Id, Datum Attributes, EntityId[] Parents)> entities = [];
        for (var i = 0; i < 3; i++)
        {
            entities.Add((new("Org", $"o{i}"), Attributes(), i == 0 ? [] : [new("Org", $"o{random.Next(i)}")]));
            entities.Add((new("Model", $"m{i}"), Attributes(), random.Next(2) == 0 ? [] : [new("Family", "f0")]));
            entities.Add((new("Lab::User", $"u{i}"), Attributes(), random.Next(4) == 0 ? [] : [new("Org", $"o{random.Next(4)}")]));
        }

        var principal = new EntityId("Lab::User", $"u{random.Next(4)}");
        var action = new EntityId("Action", random.Next(3) switch { 0 => "chat", 1 => "embed", _ => "batch" });
        entities.Add((new("Action", "chat"), Datum.Record([]), [new("Action", "generate")]));
        var resource = new EntityId("Model", $"m{random.Next(4)}");
        var context = Attributes();
        Request = new(
            principal, action, resource, context.Value, new(entities.Select(entity => new PolicyEntity(entity.Id, entity.Attributes.Value,
                entity.Parents))));
        Json = new()
        {
            ["principal"] = Datum.Name(principal),
            ["action"] = Datum.Name(action),
            ["resource"] = Datum.Name(resource),
            ["context"] = context.Json.DeepClone(),
            ["entities"] = new JsonArray([.. entities.Select(entity => new JsonObject
            {
                ["uid"] = Datum.Name(entity.Id),
                ["attrs"] = entity.Attributes.Json.DeepClone(),
                ["parents"] = new JsonArray([.. entity.Parents.Select(Datum.Name)]),
            })]),
        };
    }

    public PolicyRequest Request { get; }

    /// <summary>Without the policies.</summary>
    public JsonObject Json { get; }

    /// <summary>Attributes of every type; each is missing now and then, or of another type.</summary>
    private Datum Attributes()
    {
        List<KeyValuePair<string, Datum>> members =
        [
            new("tier", Datum.Of(Pick(["T0", "T1", "T2", ""]))),
            new("age", Datum.Of(Pick([0L, 1, 18, -5, LargestOfJavaScript]))),
            new("active", Datum.Of(_random.Next(2) == 0)),
            new("org", Datum.Of(new EntityId("Org", $"o{_random.Next(4)}"))),
            new("tags", Datum.Set([.. Enumerable.Range(0, _random.Next(4)).Select(_ => Datum.Of(Pick(["a", "b", "c"])))])),
            new("orgs", Datum.Set([.. Enumerable.Range(0, _random.Next(3)).Select(_ => Datum.Of(new EntityId("Org",
                $"o{_random.Next(4)}")))])),
            new("ip", Datum.Ip(Pick(Ranges))),
            new("score", Datum.Extension("decimal", Pick(Decimals))),
            new("since", Datum.Extension("datetime", Pick(Moments))),
            new("for", Datum.Extension("duration", Pick(["1d2h", "-5ms", "0s"]))),
            new("nested", Datum.Record([new("a", Datum.Of(_random.NextInt64(-3, 4))), new("b c", Datum.Record([new("d",
                Datum.Of(true))]))])),
        ];
        var values = members.Select(member => member.Value).ToList();
        return Datum.Record([.. members.Where(_ => _random.Next(8) > 0)
            .Select(member => _random.Next(25) == 0 ? new(member.Key, values[_random.Next(values.Count)]) : member)]);
    }

    private T Pick<T>(params T[] from) => from[_random.Next(from.Length)];
}
