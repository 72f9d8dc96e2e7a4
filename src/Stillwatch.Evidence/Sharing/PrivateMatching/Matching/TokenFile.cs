using System.Text.Json;
using System.Text.Json.Serialization;

namespace Stillwatch.Evidence.Sharing.PrivateMatching.Matching;

/// <summary>
/// Tokens that one lab publishes: of its enforced accounts only, of one epoch, until a day. The file <c>stillwatch.tokens/1</c>.
/// </summary>
public sealed record TokenFile
{
    /// <summary>Name and version of the format.</summary>
    public const string CurrentSchema = "stillwatch.tokens/1";

    /// <summary>The largest file: 256 MiB, some three million tokens.</summary>
    public const int MaxBytes = 256 << 20;

    /// <summary>Always <see cref="CurrentSchema"/>.</summary>
    [JsonRequired]
    public string Schema { get; init; } = CurrentSchema;

    /// <summary>Who publishes them; one reporter, however many files it sends.</summary>
    public required string Reporter { get; init; }

    /// <summary>The epoch of their key.</summary>
    public required string Epoch { get; init; }

    /// <summary>When they were made.</summary>
    public required DateTimeOffset PublishedAt { get; init; }

    /// <summary>From when on they are to be forgotten.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>In at least how many accounts a prompt template among them was seen.</summary>
    public required int MinimumTemplateAccounts { get; init; }

    /// <summary>By kind, the tokens in ascending order, so that their order says nothing.</summary>
    public required IReadOnlyDictionary<string, IReadOnlyList<string>> Tokens { get; init; }

    /// <summary>The file's bytes.</summary>
    public byte[] ToJson() => [.. JsonSerializer.SerializeToUtf8Bytes(this, TokenFileJsonContext.Default.TokenFile), (byte)'\n'];

    /// <summary>Reads a file.</summary>
    /// <exception cref="InvalidDataException">It is none; the message says why.</exception>
    public static TokenFile Read(byte[] utf8, string name)
    {
        ArgumentNullException.ThrowIfNull(utf8);
        try
        {
            var file = utf8.Length > MaxBytes ? throw new JsonException($"more than {MaxBytes} bytes")
                : JsonSerializer.Deserialize(utf8, TokenFileJsonContext.Default.TokenFile) ?? throw new JsonException("null");
            return Fault(file) is { } fault ? throw new JsonException(fault) : file;
        }
        catch (JsonException broken)
        {
            throw new InvalidDataException($"{name}: no file of tokens: {broken.Message}", broken);
        }
    }

    private static string? Fault(TokenFile file) => file switch
    {
        { Schema: not CurrentSchema } => $"its schema is not {CurrentSchema}",
        { Reporter.Length: 0 or > 200 } => "reporter has from 1 to 200 characters",
        _ when file.ExpiresAt <= file.PublishedAt => "expires_at is not after published_at",
        _ when !file.Tokens.Values.All(static list => list.All(IsToken)) => "a token has 64 hexadecimal digits",
        _ => null,
    };

    private static bool IsToken(string? token) => token is { Length: 64 } && token.All(char.IsAsciiHexDigit);
}

/// <summary>Members in lower case with underscores.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, RespectNullableAnnotations = true, AllowDuplicateProperties = false)]
[JsonSerializable(typeof(TokenFile))]
internal sealed partial class TokenFileJsonContext : JsonSerializerContext;
