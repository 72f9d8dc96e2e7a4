using System.Security.Cryptography;
using System.Text;

namespace Stillwatch.Gateway.Identity;

/// <summary>The text of a key: <c>sw-ID-SECRET</c>.</summary>
internal static class KeyText
{
    private const string Prefix = "sw-";
    private const int IdLength = 12;

    /// <summary>43 characters out of 62 are 256.03 bits.</summary>
    private const int SecretLength = 43;

    private const string IdCharacters = "abcdefghijkmnpqrstuvwxyz23456789";
    private const string SecretCharacters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

    /// <summary>Characters of a key.</summary>
    public const int Length = 3 + IdLength + 1 + SecretLength;

    /// <summary>A new id.</summary>
    public static string NewId() => RandomNumberGenerator.GetString(IdCharacters, IdLength);

    /// <summary>A new key with an id.</summary>
    public static string New(string id) => $"{Prefix}{id}-{RandomNumberGenerator.GetString(SecretCharacters, SecretLength)}";

    /// <summary>The id in a key.</summary>
    public static bool TryId(ReadOnlySpan<char> key, out ReadOnlySpan<char> id)
    {
        var isKey = key.Length == Length && key.StartsWith(Prefix, StringComparison.Ordinal) && key[Prefix.Length + IdLength] == '-'
            && Ascii.IsValid(key);
        id = isKey ? key.Slice(Prefix.Length, IdLength) : default;
        return isKey;
    }

    /// <summary>The hash of a key of the right length.</summary>
    public static void Hash(ReadOnlySpan<char> key, Span<byte> destination)
    {
        Span<byte> ascii = stackalloc byte[Length];
        Encoding.ASCII.GetBytes(key, ascii);
        SHA256.HashData(ascii, destination);
        CryptographicOperations.ZeroMemory(ascii);
    }

    /// <summary>The hash of a key as the file of keys has it.</summary>
    public static string Hash(string key)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        Hash(key, hash);
        return Convert.ToHexStringLower(hash);
    }
}
