using System.Text.Json.Nodes;

namespace Stillwatch.Evidence.Cases;

/// <summary>What findings were made with, so that they can be made again and their figures be recomputed.</summary>
/// <param name="FindingsDigest">SHA-256 of the findings file, in hexadecimal digits.</param>
/// <param name="Software">Name, version and runtime of the program that opened the case.</param>
/// <param name="FalseDiscoveryRate">The accepted share of false campaigns that the hunt was told.</param>
/// <param name="Campaigns">Campaigns in the findings file: with the rate, what the level of e-BH follows from.</param>
public sealed record CaseParameters(string FindingsDigest, string Software, double FalseDiscoveryRate, int Campaigns)
{
    /// <summary>Reads what <see cref="ToJson"/> wrote.</summary>
    /// <exception cref="InvalidDataException">A member is missing or out of range.</exception>
    public static CaseParameters FromJson(JsonNode? json)
    {
        try
        {
            var read = json!.AsObject();
            var parameters = new CaseParameters(
                read["findings_sha256"]!.GetValue<string>(),
                read["software"]!.GetValue<string>(),
                read["false_discovery_rate"]!.GetValue<double>(),
                read["campaigns"]!.GetValue<int>());
            return parameters is { FalseDiscoveryRate: > 0 and < 1, Campaigns: > 0 } ? parameters : throw new FormatException();
        }
        catch (Exception fault) when (fault is NullReferenceException or InvalidOperationException or FormatException)
        {
            throw new InvalidDataException("The parameters of the case are not complete.", fault);
        }
    }

    internal JsonObject ToJson() => new()
    {
        ["findings_sha256"] = FindingsDigest,
        ["software"] = Software,
        ["false_discovery_rate"] = FalseDiscoveryRate,
        ["campaigns"] = Campaigns,
    };
}
