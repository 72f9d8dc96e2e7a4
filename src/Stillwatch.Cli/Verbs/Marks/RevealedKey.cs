using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Stillwatch.Provenance.Watermarking;

namespace Stillwatch.Cli.Verbs.Marks;

/// <summary>A key that was given out, with the nonce that opens its commitment: one line of a key file.</summary>
/// <remarks>
/// <code>
/// {"contextWidth":2,"key":"32 hex digits","nonce":"64 hex digits","scheme":"stillwatch-mark-1"}
/// </code>
/// Files of several keys are lines of such.
/// </remarks>
/// <param name="Width">Tokens of a context.</param>
/// <param name="Key">The key.</param>
/// <param name="Nonce">The nonce.</param>
internal sealed record RevealedKey(int Width, byte[] Key, byte[] Nonce)
{
    private const int MaxFileBytes = 1 << 26;

    /// <summary>Whether it is what a commitment binds to.</summary>
    public bool Opens(string commitment) => MarkKey.Opens(commitment, Width, Key, Nonce);

    /// <summary>Reveals a key.</summary>
    public static RevealedKey Of(MarkKey mark)
    {
        var (key, nonce) = mark.DangerousReveal();
        return new(mark.Label.ContextWidth, Convert.FromHexString(key), Convert.FromHexString(nonce));
    }

    /// <summary>The keys of a file.</summary>
    /// <exception cref="InvalidDataException">A line is no key.</exception>
    public static IReadOnlyList<RevealedKey> Read(string path)
    {
        var bytes = TransparencyOptions.ReadBounded(path, MaxFileBytes);
        var lines = Encoding.UTF8.GetString(bytes).Split('\n');
        CryptographicOperations.ZeroMemory(bytes);
        return
        [
            .. lines.Select(static (text, i) => (text, i)).Where(static line => line.text.Trim().Length > 0)
                .Select(line => Parse(path, line)),
        ];
    }

    /// <summary>The line, with its end.</summary>
    public byte[] ToLine()
    {
        var json = new JsonObject
        {
            ["contextWidth"] = Width,
            ["key"] = Convert.ToHexStringLower(Key),
            ["nonce"] = Convert.ToHexStringLower(Nonce),
            ["scheme"] = MarkCommitment.Scheme,
        };
        return Encoding.ASCII.GetBytes($"{json.ToJsonString()}\n");
    }

    /// <summary>Says which width; no part of the key.</summary>
    public override string ToString() => MarkOptions.Text($"a revealed key of width {Width}");

    private static RevealedKey Parse(string path, (string Text, int Index) line)
    {
        try
        {
            var json = JsonNode.Parse(line.Text)!;
            var key = new RevealedKey(
                (int)json["contextWidth"]!, Convert.FromHexString((string)json["key"]!), Convert.FromHexString((string)json["nonce"]!));
            if (key is { Width: >= 0 and <= KeyedGreenBits.MaxContextWidth, Key.Length: KeyedGreenBits.KeyBytes }
                && key.Nonce.Length == MarkKey.NonceBytes
                && (string?)json["scheme"] == MarkCommitment.Scheme)
            {
                return key;
            }
        }
        catch (Exception fault) when (fault is JsonException or FormatException or InvalidOperationException or NullReferenceException)
        {
        }

        throw TokenLines.Fault(path, line.Index + 1, "this is no key as 'stillwatch mark reveal' writes it");
    }
}
