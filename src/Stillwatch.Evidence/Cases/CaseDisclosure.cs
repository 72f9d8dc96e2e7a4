using System.Text.Json.Nodes;

namespace Stillwatch.Evidence.Cases;

/// <summary>Something of a case that leaves the house.</summary>
/// <param name="Recipient">To whom; a pseudonym where it is a person concerned.</param>
/// <param name="What">What it is, in words.</param>
/// <param name="Digest">SHA-256 of it in hexadecimal digits.</param>
public sealed record CaseDisclosure(string Recipient, string What, string Digest)
{
    internal JsonObject ToJson() => new() { ["recipient"] = Recipient, ["what"] = What, ["sha256"] = Digest };
}
