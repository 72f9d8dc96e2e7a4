using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Stillwatch.Evidence.Sharing.Access;

/// <summary>The keys of a server, in a file that holds hashes only.</summary>
public sealed class ApiKeys
{
    private const int SecretBytes = 32;
    private const int MaxHeaderLength = 1024;
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>Compared with where no such name is known, so that the time of an answer does not tell names.</summary>
    private static readonly string Nobody = new('0', 64);

    private readonly Dictionary<string, ApiKey> _keys;

    /// <param name="keys">Each name once.</param>
    /// <exception cref="InvalidDataException">A name is given twice, or a hash is none.</exception>
    public ApiKeys(IEnumerable<ApiKey> keys)
    {
        ArgumentNullException.ThrowIfNull(keys);
        _keys = [];
        foreach (var key in keys)
        {
            var isUsable = key.Name is { Length: > 0 and <= 100 } && !key.Name.Contains(':', StringComparison.Ordinal)
                && key.Sha256 is { Length: 64 } && key.Sha256.All(char.IsAsciiHexDigit);
            if (!isUsable || !_keys.TryAdd(key.Name, key))
            {
                throw new InvalidDataException($"the key '{key.Name}' has no usable name or hash, or its name is given twice");
            }
        }
    }

    /// <summary>Reads a file of keys; an absent file has none.</summary>
    /// <exception cref="InvalidDataException">The file is no list of keys.</exception>
    public static ApiKeys Load(string path)
    {
        try
        {
            return !File.Exists(path)
                ? new ApiKeys([])
                : new ApiKeys(JsonSerializer.Deserialize(File.ReadAllBytes(path), ApiKeysJsonContext.Default.IReadOnlyListApiKey) ?? []);
        }
        catch (Exception broken) when (broken is JsonException or InvalidDataException)
        {
            throw new InvalidDataException($"{path}: no list of keys: {broken.Message}", broken);
        }
    }

    /// <summary>Makes a key with a new secret and adds it to a file.</summary>
    /// <param name="path">The file; made where it is absent, readable by its owner only.</param>
    /// <param name="key">Name and rights; the hash is replaced.</param>
    /// <returns>The secret, which is nowhere kept.</returns>
    /// <exception cref="InvalidDataException">The name is taken or not usable.</exception>
    public static string Add(string path, ApiKey key)
    {
        ArgumentNullException.ThrowIfNull(key);
        var secret = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(SecretBytes));
        var keys = new ApiKeys([.. Load(path)._keys.Values, key with { Sha256 = Hash(secret) }]);
        var partial = $"{path}.partial";
        var json = JsonSerializer.SerializeToUtf8Bytes([.. keys._keys.Values], ApiKeysJsonContext.Default.IReadOnlyListApiKey);
        File.WriteAllBytes(partial, json);
        File.SetUnixFileMode(partial, OwnerOnly);
        File.Move(partial, path, overwrite: true);
        return secret;
    }

    /// <summary>The key that an Authorization header of HTTP Basic (RFC 7617) proves; null where it proves none.</summary>
    public ApiKey? Authenticate(string? header)
    {
        if (header is null || header.Length > MaxHeaderLength || !header.StartsWith("Basic ", StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        var bytes = new byte[header.Length];
        if (!Convert.TryFromBase64String(header[6..].Trim(), bytes, out var length))
        {
            return null;
        }

        var (name, secret) = Split(Encoding.UTF8.GetString(bytes, 0, length));
        var known = _keys.GetValueOrDefault(name);
        var isRight = CryptographicOperations.FixedTimeEquals(
            Encoding.ASCII.GetBytes(Hash(secret)), Encoding.ASCII.GetBytes((known?.Sha256 ?? Nobody).ToLowerInvariant()));
        return isRight ? known : null;
    }

    private static (string Name, string Secret) Split(string credentials)
    {
        var colon = credentials.IndexOf(':', StringComparison.Ordinal);
        return colon < 0 ? (credentials, string.Empty) : (credentials[..colon], credentials[(colon + 1)..]);
    }

    private static string Hash(string secret) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(secret)));
}

/// <summary>Members in lower case with underscores.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, WriteIndented = true, RespectNullableAnnotations = true)]
[JsonSerializable(typeof(IReadOnlyList<ApiKey>))]
internal sealed partial class ApiKeysJsonContext : JsonSerializerContext;
