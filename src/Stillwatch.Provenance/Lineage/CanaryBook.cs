using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Stillwatch.Provenance.Lineage;

/// <summary>Pairs of canaries that follow from a secret, and what commits to them. Immutable; safe from any thread.</summary>
/// <remarks>
/// Cues and replies are names of eight letters, of which there are 96^4, about 85 million; names and the coin that chooses the planted one
/// of a pair are derived from the secret (HKDF with SHA-256). Marks of this kind survive rewording of outputs, which token statistics do
/// not.
/// </remarks>
public sealed class CanaryBook
{
    /// <summary>Length of the secret.</summary>
    public const int SecretBytes = 32;

    /// <summary>The largest number of pairs.</summary>
    public const int MaxPairs = 10_000;

    private const int NameBytes = 8;
    private const int PairBytes = 4 * NameBytes + 1;

    private static readonly string[] Syllables =
        [.. from consonant in "bdfgklmnprstvzhj" from vowel in "aeiouy" select $"{consonant}{vowel}"];

    /// <summary>Draws the pairs.</summary>
    /// <param name="secret"><see cref="SecretBytes"/> random bytes, kept until a dispute.</param>
    /// <param name="name">Tells books of one secret apart.</param>
    /// <param name="pairs">1 to <see cref="MaxPairs"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of range.</exception>
    public CanaryBook(ReadOnlySpan<byte> secret, string name, int pairs)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(secret.Length, SecretBytes);
        ArgumentOutOfRangeException.ThrowIfLessThan(pairs, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(pairs, MaxPairs);
        var drawn = new CanaryPair[pairs];
        Span<byte> bytes = stackalloc byte[PairBytes];
        for (var i = 0; i < pairs; i++)
        {
            var label = string.Create(CultureInfo.InvariantCulture, $"stillwatch canaries v1 {i} {name}");
            HKDF.DeriveKey(HashAlgorithmName.SHA256, secret, bytes, salt: [], Encoding.UTF8.GetBytes(label));
            drawn[i] = Draw(bytes);
        }

        Pairs = drawn;
        Commitment = Commit(secret, name, drawn);
    }

    /// <summary>The pairs.</summary>
    public IReadOnlyList<CanaryPair> Pairs { get; }

    /// <summary>SHA-256 over secret, name and pairs: to be published before the first canary is planted.</summary>
    public string Commitment { get; }

    private static CanaryPair Draw(ReadOnlySpan<byte> bytes)
    {
        var first = new Canary(Name(bytes), Name(bytes[NameBytes..]));
        var second = new Canary(Name(bytes[(2 * NameBytes)..]), Name(bytes[(3 * NameBytes)..]));
        return (bytes[^1] & 1) == 0 ? new(first, second) : new(second, first);
    }

    private static string Name(ReadOnlySpan<byte> bytes)
    {
        var number = BinaryPrimitives.ReadUInt64LittleEndian(bytes);
        var name = new StringBuilder();
        for (var i = 0; i < 4; i++)
        {
            name.Append(Syllables[(int)(number % (uint)Syllables.Length)]);
            number /= (uint)Syllables.Length;
        }

        name[0] = char.ToUpperInvariant(name[0]);
        return name.ToString();
    }

    private static string Commit(ReadOnlySpan<byte> secret, string name, CanaryPair[] pairs)
    {
        var text = new StringBuilder(string.Create(CultureInfo.InvariantCulture, $"canaries v1\n{name}\n{pairs.Length}\n"));
        foreach (var (published, withheld) in pairs)
        {
            text.Append(CultureInfo.InvariantCulture, $"{published.Cue}\t{published.Reply}\t{withheld.Cue}\t{withheld.Reply}\n");
        }

        return Convert.ToHexStringLower(SHA256.HashData([.. Encoding.UTF8.GetBytes(text.ToString()), .. secret]));
    }
}
