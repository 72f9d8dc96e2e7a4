using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace Stillwatch.Provenance.Watermarking;

/// <summary>Whose outputs a key marks, and when: every label has a key of its own.</summary>
/// <param name="Tenant">Who serves the model; 1 to 200 characters.</param>
/// <param name="Cohort">Which customers get outputs with this key: a name of a group, or of one customer; 1 to 200 characters.</param>
/// <param name="Epoch">Counted up to rotate the key; at least 0.</param>
/// <param name="ContextWidth">Tokens before a token that its colour depends on, 0 to 4.</param>
public sealed record MarkLabel(string Tenant, string Cohort, int Epoch, int ContextWidth)
{
    private const int MaxNameLength = 200;

    /// <summary>What is wrong with the label; null if nothing.</summary>
    public string? Fault()
    {
        foreach (var (what, name) in new[] { ("tenant", Tenant), ("cohort", Cohort) })
        {
            if (name.Length is 0 or > MaxNameLength || name.Any(char.IsControl))
            {
                return $"A {what} has 1 to {MaxNameLength} characters, none of them a control character.";
            }
        }

        return this switch
        {
            { Epoch: < 0 } => string.Create(CultureInfo.InvariantCulture, $"An epoch is at least 0, not {Epoch}."),
            { ContextWidth: < 0 or > KeyedGreenBits.MaxContextWidth } =>
                string.Create(
                    CultureInfo.InvariantCulture, $"A context has 0 to {KeyedGreenBits.MaxContextWidth} tokens, not {ContextWidth}."),
            _ => null,
        };
    }

    /// <summary>One form of bytes for each label: what it is, then each member with its length.</summary>
    internal byte[] ToBytes(string purpose)
    {
        using var bytes = new MemoryStream();
        foreach (var text in new[] { "stillwatch mark v1", purpose, Tenant, Cohort })
        {
            WriteNumber(bytes, Encoding.UTF8.GetByteCount(text));
            bytes.Write(Encoding.UTF8.GetBytes(text));
        }

        WriteNumber(bytes, Epoch);
        WriteNumber(bytes, ContextWidth);
        return bytes.ToArray();
    }

    private static void WriteNumber(Stream bytes, int number)
    {
        Span<byte> word = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(word, number);
        bytes.Write(word);
    }
}
