using System.Globalization;
using System.Text;
using Stillwatch.Evidence.Merkle;
using Stillwatch.Evidence.Signing;

namespace Stillwatch.Evidence.TransparencyLog.Witnessing;

/// <summary>What a log sends to a witness (C2SP tlog-witness, <c>add-checkpoint</c>).</summary>
/// <remarks>
/// <code>
/// old [size]
/// hashes in base64, a line each, at most 63
///                                   (an empty line)
/// the checkpoint, verbatim
/// </code>
/// </remarks>
/// <param name="OldSize">The size that the witness is believed to have cosigned last.</param>
/// <param name="Proof">That the tree of this size is the beginning of the new one.</param>
/// <param name="Checkpoint">The new checkpoint; not verified.</param>
public sealed record AddCheckpointRequest(ulong OldSize, IReadOnlyList<MerkleHash> Proof, SignedCheckpoint Checkpoint)
{
    /// <summary>Bytes of the largest request that is read.</summary>
    public const int MaxBytes = SignedNote.MaxBytes + MaxHeadBytes;

    private const int MaxHashes = 63;
    private const int MaxHeadBytes = 4096;
    private const string OldPrefix = "old ";

    /// <summary>Reads a request.</summary>
    /// <exception cref="InvalidDataException">It is malformed.</exception>
    public static AddCheckpointRequest Parse(ReadOnlySpan<byte> body)
    {
        var end = body.IndexOf("\n\n"u8);
        if (end is < 0 or > MaxHeadBytes)
        {
            throw new InvalidDataException("The request has no empty line before its checkpoint.");
        }

        var lines = Encoding.UTF8.GetString(body[..end]).Split('\n');
        var oldSize = lines[0].StartsWith(OldPrefix, StringComparison.Ordinal)
            ? TransparencyLog.Checkpoint.ParseDecimal(lines[0][OldPrefix.Length..])
            : null;
        if (oldSize is null || lines.Length - 1 > MaxHashes)
        {
            throw new InvalidDataException($"The request begins with 'old SIZE' and at most {MaxHashes} hashes.");
        }

        var proof = lines.Skip(1).Select(line => MerkleHash.FromBase64(Encoding.UTF8.GetBytes(line))
            ?? throw new InvalidDataException("A line of the consistency proof is no hash of 32 bytes in base64."));
        return new(oldSize.Value, [.. proof], SignedCheckpoint.ParseUnverified(body[(end + 2)..]));
    }

    /// <summary>The body.</summary>
    public byte[] ToBytes()
    {
        var first = string.Create(CultureInfo.InvariantCulture, $"{OldPrefix}{OldSize}\n");
        var hashes = string.Concat(Proof.Select(hash => $"{hash}\n"));
        return [.. Encoding.UTF8.GetBytes(first + hashes), (byte)'\n', .. Checkpoint.ToBytes()];
    }
}
