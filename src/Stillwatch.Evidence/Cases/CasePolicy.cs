using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using Stillwatch.Campaigns;
using Stillwatch.Evidence.CanonicalJson;

namespace Stillwatch.Evidence.Cases;

/// <summary>Which verdicts the system may put in force alone, which need a person, and which need two.</summary>
/// <remarks>
/// <code>
/// {"schema":"stillwatch.case-policy/1","verdicts":{"block":"twoPeople","clear":"person","restrict":"person","review":"alone"}}
/// </code>
/// The default is what stands here: nothing but a review happens without a person.
/// </remarks>
public sealed class CasePolicy
{
    /// <summary>Bytes of the largest policy file that is read.</summary>
    public const int MaxBytes = 65_536;

    /// <summary>What entries about the policy are about.</summary>
    public const string Subject = "policy/cases";

    private const string Schema = "stillwatch.case-policy/1";

    private readonly Dictionary<Consequence, CaseAuthority> _verdicts;

    private CasePolicy(Dictionary<Consequence, CaseAuthority> verdicts) => _verdicts = verdicts;

    /// <summary>What holds where no policy was logged.</summary>
    public static CasePolicy Default { get; } = new(new()
    {
        [Consequence.Clear] = CaseAuthority.Person,
        [Consequence.Review] = CaseAuthority.Alone,
        [Consequence.Restrict] = CaseAuthority.Person,
        [Consequence.Block] = CaseAuthority.TwoPeople,
    });

    /// <summary>SHA-256 of the canonical form, in hexadecimal digits: what decisions name.</summary>
    public string Digest => Convert.ToHexStringLower(SHA256.HashData(JsonCanonicalization.Canonicalize(ToJson())));

    /// <summary>Reads a policy file.</summary>
    /// <exception cref="InvalidDataException">It is none, or does not name every verdict.</exception>
    public static CasePolicy Parse(ReadOnlyMemory<byte> file) => FromJson(JsonNode.Parse(JsonCanonicalization.Canonicalize(file)));

    /// <summary>How a verdict is written.</summary>
    public static string NameOf(Consequence verdict) => JsonNamingPolicy.CamelCase.ConvertName(verdict.ToString());

    /// <summary>The verdict of a name; null if there is none.</summary>
    public static Consequence? VerdictOf(string? name) => Named<Consequence>(name);

    /// <summary>Who may decide on a verdict.</summary>
    public CaseAuthority For(Consequence verdict) => _verdicts[verdict];

    /// <summary>The policy as an object.</summary>
    public JsonObject ToJson() => new()
    {
        ["schema"] = Schema,
        ["verdicts"] = new JsonObject(_verdicts.Select(pair =>
            KeyValuePair.Create(NameOf(pair.Key), (JsonNode?)JsonNamingPolicy.CamelCase.ConvertName(pair.Value.ToString())))),
    };

    internal static CasePolicy FromJson(JsonNode? json)
    {
        if (json is not JsonObject policy || Text(policy["schema"]) != Schema || policy["verdicts"] is not JsonObject verdicts)
        {
            throw new InvalidDataException($"A policy of cases is an object with the schema '{Schema}' and 'verdicts'.");
        }

        var read = verdicts.ToDictionary(
            pair => VerdictOf(pair.Key) ?? throw new InvalidDataException($"'{pair.Key}' is no verdict of a policy of cases."),
            pair => Named<CaseAuthority>(Text(pair.Value))
                ?? throw new InvalidDataException($"The policy says for '{pair.Key}' neither alone, person nor twoPeople."));
        return Enum.GetValues<Consequence>().FirstOrDefault(verdict => !read.ContainsKey(verdict), (Consequence)(-1)) is var missing
            && Enum.IsDefined(missing)
            ? throw new InvalidDataException($"The policy does not say who decides on '{NameOf(missing)}'.")
            : new(read);
    }

    private static string? Text(JsonNode? node) => node is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;

    private static T? Named<T>(string? name)
        where T : struct, Enum
    {
        foreach (var value in Enum.GetValues<T>())
        {
            if (JsonNamingPolicy.CamelCase.ConvertName(value.ToString()) == name)
            {
                return value;
            }
        }

        return null;
    }
}
