using System.Security.Cryptography;

namespace Stillwatch.Gateway.Identity;

/// <summary>One secret of a key. The secret itself is not kept.</summary>
/// <param name="Sha256">
/// SHA-256 of the presented key, 64 hexadecimal digits. A secret has 256 random bits, so no slow hash is needed to guard it.
/// </param>
/// <param name="Created">When it was made.</param>
/// <param name="Expires">From when on it is not accepted; null for never.</param>
public sealed record KeySecret(string Sha256, DateTimeOffset Created, DateTimeOffset? Expires = null)
{
    /// <summary>Whether the hash has its form.</summary>
    internal bool IsWellFormed => IsSha256(Sha256);

    /// <summary>Whether a text is a hash, 64 hexadecimal digits.</summary>
    internal static bool IsSha256(string? text) => text is { Length: 2 * SHA256.HashSizeInBytes } && text.All(char.IsAsciiHexDigit);
}
