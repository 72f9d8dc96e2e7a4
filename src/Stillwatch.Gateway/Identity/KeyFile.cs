using System.Text.Json;
using System.Text.Json.Serialization;
using Stillwatch.Interactions;

namespace Stillwatch.Gateway.Identity;

/// <summary>The file of client keys, which holds hashes only (docs/gateway.md).</summary>
public static class KeyFile
{
    /// <summary>The longest accepted file: 256 MiB, some half a million keys.</summary>
    public const long MaxBytes = 256L << 20;

    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode WritableByOthers = UnixFileMode.GroupWrite | UnixFileMode.OtherWrite;
    private const int MaxNameLength = 200;

    /// <summary>Reads a file of keys; an absent file has none.</summary>
    /// <exception cref="InvalidDataException">It is no file of keys, or others than its owner may write it.</exception>
    public static IReadOnlyList<GatewayKey> Load(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        if (!File.Exists(path))
        {
            return [];
        }

        try
        {
            using var file = File.OpenRead(path);
            if ((File.GetUnixFileMode(file.SafeFileHandle) & WritableByOthers) != 0)
            {
                throw new InvalidDataException($"others than its owner may write it: run 'chmod 600 {path}'");
            }

            if (file.Length > MaxBytes)
            {
                throw new InvalidDataException($"it has {file.Length} bytes; accepted are {MaxBytes}");
            }

            return Checked(JsonSerializer.Deserialize(file, KeyFileJsonContext.Default.KeyFileContent)?.Keys ?? []);
        }
        catch (Exception broken) when (broken is JsonException or InvalidDataException)
        {
            throw new InvalidDataException($"{path}: no usable file of keys: {broken.Message}.", broken);
        }
    }

    /// <summary>Replaces a file of keys: whole or not at all, readable and writable by its owner only.</summary>
    public static void Save(string path, IReadOnlyList<GatewayKey> keys)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(keys);
        var partial = $"{path}.partial";
        File.Delete(partial);
        using (var file = new FileStream(partial, new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.Write,
            UnixCreateMode = OwnerOnly,
        }))
        {
            JsonSerializer.Serialize(file, new KeyFileContent(Checked(keys)), KeyFileJsonContext.Default.KeyFileContent);
            file.Flush(flushToDisk: true);
        }

        File.Move(partial, path, overwrite: true);
    }

    private static IReadOnlyList<GatewayKey> Checked(IReadOnlyList<GatewayKey> keys)
    {
        var ids = new HashSet<string>(StringComparer.Ordinal);
        foreach (var key in keys)
        {
            var fault = key switch
            {
                { Id.Length: 0 or > MaxNameLength } => "has no usable id",
                { Account.Length: 0 or > AccountId.MaxLength } => $"has no account of 1 to {AccountId.MaxLength} characters",
                { Organization.Length: > AccountId.MaxLength } => $"has an organization of more than {AccountId.MaxLength} characters",
                { Name.Length: > MaxNameLength } or { Tier.Length: 0 or > MaxNameLength } =>
                    $"has a name or tier of more than {MaxNameLength} characters",
                _ when !key.Secrets.All(static secret => secret.IsWellFormed) => "has a hash that is no SHA-256 in hexadecimal digits",
                _ when !key.Certificates.All(KeySecret.IsSha256) => "has a certificate that is no SHA-256 in hexadecimal digits",
                _ when !ids.Add(key.Id) => "is given twice",
                _ => null,
            };
            if (fault is not null)
            {
                throw new InvalidDataException($"the key '{key.Id}' {fault}");
            }
        }

        return keys;
    }
}

/// <summary>The file as it is written.</summary>
internal sealed record KeyFileContent(IReadOnlyList<GatewayKey> Keys);

/// <summary>Members in lower case with underscores; one that is unknown is an error, as it may be a misspelt restriction.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    WriteIndented = true,
    RespectNullableAnnotations = true,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(KeyFileContent))]
internal sealed partial class KeyFileJsonContext : JsonSerializerContext;
