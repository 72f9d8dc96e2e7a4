using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Stillwatch.Provenance.Watermarking;

/// <summary>A key that was given out, with the nonce that opens its commitment: one line of a key file.</summary>
/// <remarks>
/// <code>
/// {"contextWidth":2,"key":"32 hex digits","nonce":"64 hex digits","scheme":"stillwatch-mark-1"}
/// </code>
/// Files of several keys are lines of such.
/// </remarks>
/// <param name="Width">Tokens of a context, 0 to 4.</param>
/// <param name="Key">The key, <see cref="KeyedGreenBits.KeyBytes"/> bytes.</param>
/// <param name="Nonce">The nonce, <see cref="MarkKey.NonceBytes"/> bytes.</param>
public sealed record RevealedKey(int Width, byte[] Key, byte[] Nonce)
{
    /// <summary>Whether it is what a commitment binds to.</summary>
    public bool Opens(string commitment) => MarkKey.Opens(commitment, Width, Key, Nonce);

    /// <summary>Reveals a key.</summary>
    public static RevealedKey Of(MarkKey mark)
    {
        ArgumentNullException.ThrowIfNull(mark);
        var (key, nonce) = mark.DangerousReveal();
        return new(mark.Label.ContextWidth, Convert.FromHexString(key), Convert.FromHexString(nonce));
    }

    /// <summary>The key that a line holds; null if it is none.</summary>
    public static RevealedKey? TryParse(string line)
    {
        try
        {
            using var json = JsonDocument.Parse(line);
            var root = json.RootElement;
            var key = new RevealedKey(root.GetProperty("contextWidth").GetInt32(), Hex("key"), Hex("nonce"));
            return key is { Width: >= 0 and <= KeyedGreenBits.MaxContextWidth, Key.Length: KeyedGreenBits.KeyBytes }
                && key.Nonce.Length == MarkKey.NonceBytes
                && root.GetProperty("scheme").GetString() == MarkKey.Scheme
                    ? key
                    : null;

            byte[] Hex(string member) => Convert.FromHexString(root.GetProperty(member).GetString() ?? string.Empty);
        }
        catch (Exception fault) when (fault is JsonException or FormatException or InvalidOperationException or KeyNotFoundException)
        {
            return null;
        }
    }

    /// <summary>The line, with its end.</summary>
    public byte[] ToLine() => Encoding.ASCII.GetBytes(string.Create(
        CultureInfo.InvariantCulture,
        $$"""{"contextWidth":{{Width}},"key":"{{Hex(Key)}}","nonce":"{{Hex(Nonce)}}","scheme":"{{MarkKey.Scheme}}"}""") + "\n");

    /// <summary>Says which width; no part of the key.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"a revealed key of width {Width}");

    private static string Hex(byte[] bytes) => Convert.ToHexStringLower(bytes);
}
