using System.Text.Json.Nodes;
using Stillwatch.Evidence.Sharing.Stix.Objects;

namespace Stillwatch.Evidence.Sharing.Stix.Observables;

/// <summary>
/// A token under which labs recognise the same payment instrument, device, or prompt template, without anybody seeing it: the output of
/// an oblivious pseudorandom function whose key a third party holds. An observable of our own (STIX 2.1, 7.3).
/// </summary>
public sealed record MatchToken : CyberObservable
{
    /// <summary>The type's name.</summary>
    public const string TypeName = "x-match-token";

    /// <summary>What it is the token of, such as <c>payment</c> or <c>prompt-template</c>.</summary>
    public required string TokenKind { get; init; }

    /// <summary>The key's epoch; tokens of different epochs cannot be compared.</summary>
    public required string Epoch { get; init; }

    /// <summary>The token in hexadecimal digits.</summary>
    public required string Token { get; init; }

    /// <summary>The observable of a token.</summary>
    public static MatchToken Of(string kind, string epoch, string token) => new()
    {
        Id = IdOf(TypeName, new JsonObject { ["token_kind"] = kind, ["epoch"] = epoch, ["token"] = token }),
        TokenKind = kind,
        Epoch = epoch,
        Token = token,
        Extensions = ExtensionDefinition.Uses(ExtensionDefinition.MatchTokens, new StixExtension { ExtensionType = "new-sco" }),
    };
}
