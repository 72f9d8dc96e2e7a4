using System.Globalization;
using System.Text;
using Stillwatch.Evidence.Merkle;
using Stillwatch.Evidence.Signing;

namespace Stillwatch.Evidence.TransparencyLog.Proofs;

/// <summary>A proof that an entry is in a log, in one file that can be checked offline (C2SP tlog-proof, <c>.tlog-proof</c>).</summary>
/// <remarks>
/// <code>
/// c2sp.org/tlog-proof@v1
/// [extra base64]
/// index decimal
/// hashes in base64, a line each, from the leaf's sibling up
///                                   (an empty line)
/// the checkpoint, verbatim
/// </code>
/// </remarks>
public sealed class TlogProof
{
    /// <summary>Bytes of the largest proof that is read.</summary>
    public const int MaxBytes = SignedNote.MaxBytes + MaxHeadBytes;

    /// <summary>Bytes of the extra data at most.</summary>
    public const int MaxExtraBytes = 65_536;

    /// <summary>Hashes of the longest proof.</summary>
    public const int MaxHashes = 63;

    private const int MaxHeadBytes = 131_072;
    private const string FirstLine = "c2sp.org/tlog-proof@v1";
    private const string ExtraPrefix = "extra ";
    private const string IndexPrefix = "index ";

    /// <summary>Puts a proof together.</summary>
    public TlogProof(ulong index, IReadOnlyList<MerkleHash> hashes, SignedCheckpoint checkpoint, byte[]? extra = null)
    {
        Index = index;
        Hashes = hashes;
        Checkpoint = checkpoint;
        Extra = extra;
    }

    /// <summary>Where the entry is in the log.</summary>
    public ulong Index { get; }

    /// <summary>From the leaf's sibling up.</summary>
    public IReadOnlyList<MerkleHash> Hashes { get; }

    /// <summary>The checkpoint whose tree holds the entry; not verified.</summary>
    public SignedCheckpoint Checkpoint { get; }

    /// <summary>What the maker of the proof added; null for nothing. Nothing vouches for it.</summary>
    public byte[]? Extra { get; }

    /// <summary>Reads a proof without verifying it.</summary>
    /// <exception cref="InvalidDataException">It is too large, or none.</exception>
    public static TlogProof Parse(ReadOnlySpan<byte> proof)
    {
        if (proof.Length > MaxBytes)
        {
            throw new InvalidDataException($"The proof has {proof.Length} bytes; at most {MaxBytes} are read.");
        }

        var end = proof.IndexOf("\n\n"u8);
        if (end is < 0 or > MaxHeadBytes)
        {
            throw new InvalidDataException("The proof has no empty line before its checkpoint.");
        }

        var lines = new Queue<string>(Encoding.UTF8.GetString(proof[..end]).Split('\n'));
        if (lines.Dequeue() != FirstLine)
        {
            throw new InvalidDataException($"A proof begins with the line {FirstLine}.");
        }

        var extra = ParseExtra(lines);
        var index = ParseIndex(lines);
        return new(index, ParseHashes(lines), SignedCheckpoint.ParseUnverified(proof[(end + 2)..]), extra);
    }

    /// <summary>Verifies that an entry is in a log that a policy accepts.</summary>
    public TlogProofVerdict Verify(ReadOnlySpan<byte> entry, TrustPolicy policy)
    {
        ArgumentNullException.ThrowIfNull(policy);
        var verdict = policy.Judge(Checkpoint);
        if (verdict != CheckpointVerdict.Accepted)
        {
            return verdict switch
            {
                CheckpointVerdict.UnknownLog => TlogProofVerdict.UnknownLog,
                CheckpointVerdict.SignatureFails => TlogProofVerdict.SignatureFails,
                _ => TlogProofVerdict.QuorumNotMet,
            };
        }

        var (size, root) = (Checkpoint.Checkpoint.Size, Checkpoint.Checkpoint.Root);
        return MerkleVerifier.Inclusion(Index, size, Rfc6962.Leaf(entry), Hashes, root)
            ? TlogProofVerdict.Included
            : TlogProofVerdict.NotIncluded;
    }

    /// <summary>The file's bytes.</summary>
    public byte[] ToBytes()
    {
        var head = new StringBuilder($"{FirstLine}\n");
        if (Extra is not null)
        {
            head.Append(CultureInfo.InvariantCulture, $"{ExtraPrefix}{Convert.ToBase64String(Extra)}\n");
        }

        head.Append(CultureInfo.InvariantCulture, $"{IndexPrefix}{Index}\n");
        foreach (var hash in Hashes)
        {
            head.Append(CultureInfo.InvariantCulture, $"{hash}\n");
        }

        return [.. Encoding.UTF8.GetBytes(head.Append('\n').ToString()), .. Checkpoint.ToBytes()];
    }

    private static byte[]? ParseExtra(Queue<string> lines)
    {
        if (!lines.TryPeek(out var line) || !line.StartsWith(ExtraPrefix, StringComparison.Ordinal))
        {
            return null;
        }

        var extra = StrictBase64.Decode(lines.Dequeue()[ExtraPrefix.Length..]);
        return extra is { Length: <= MaxExtraBytes }
            ? extra
            : throw new InvalidDataException($"The extra data of the proof are no base64 of at most {MaxExtraBytes} bytes.");
    }

    private static ulong ParseIndex(Queue<string> lines) =>
        lines.TryDequeue(out var line) && line.StartsWith(IndexPrefix, StringComparison.Ordinal)
            && TransparencyLog.Checkpoint.ParseDecimal(line[IndexPrefix.Length..]) is { } index
            ? index
            : throw new InvalidDataException("The proof does not say the entry's index.");

    private static List<MerkleHash> ParseHashes(Queue<string> lines)
    {
        if (lines.Count > MaxHashes)
        {
            throw new InvalidDataException($"The proof has {lines.Count} hashes; there are at most {MaxHashes}.");
        }

        return [.. lines.Select(line => MerkleHash.FromBase64(Encoding.UTF8.GetBytes(line))
            ?? throw new InvalidDataException("A line of the proof is no hash of 32 bytes in base64."))];
    }
}
