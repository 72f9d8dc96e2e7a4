using System.Globalization;
using System.Text;
using Stillwatch.Evidence.Merkle;

namespace Stillwatch.Evidence.TransparencyLog;

/// <summary>What a log says about its tree (C2SP tlog-checkpoint v1.0.0).</summary>
/// <remarks>
/// <code>
/// origin LF  size, decimal LF  base64(root) LF  [extension lines, not empty]
/// </code>
/// </remarks>
/// <param name="Origin">Which log; its key's name.</param>
/// <param name="Size">Entries in the tree.</param>
/// <param name="Root">The root of the tree.</param>
public sealed record Checkpoint(string Origin, ulong Size, MerkleHash Root)
{
    private const int FixedLines = 3;

    /// <summary>Further lines of the text; this project's logs write none.</summary>
    public IReadOnlyList<string> Extensions { get; init; } = [];

    /// <summary>Reads the text of a note.</summary>
    /// <exception cref="InvalidDataException">It is no checkpoint.</exception>
    public static Checkpoint Parse(ReadOnlySpan<byte> text)
    {
        var lines = Encoding.UTF8.GetString(text).Split('\n');
        if (lines.Length < FixedLines + 1 || lines[..^1].Any(line => line.Length == 0) || lines[^1].Length > 0)
        {
            throw new InvalidDataException("A checkpoint has three lines or more, none of them empty: origin, size, root.");
        }

        var size = ParseDecimal(lines[1])
            ?? throw new InvalidDataException("The second line of a checkpoint is its size, a decimal number without leading zeros.");
        var root = MerkleHash.FromBase64(Encoding.UTF8.GetBytes(lines[2]))
            ?? throw new InvalidDataException("The third line of a checkpoint is its root, 32 bytes in base64.");
        return new(lines[0], size, root) { Extensions = lines[FixedLines..^1] };
    }

    /// <summary>The text to be signed.</summary>
    public byte[] ToText()
    {
        var fixedLines = string.Create(CultureInfo.InvariantCulture, $"{Origin}\n{Size}\n{Root}\n");
        return Encoding.UTF8.GetBytes(fixedLines + string.Concat(Extensions.Select(line => $"{line}\n")));
    }

    /// <summary>Reads a number as all these formats write it; null if it is written otherwise.</summary>
    internal static ulong? ParseDecimal(string text) =>
        ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) && (text[0] != '0' || text.Length == 1)
            ? value
            : null;
}
