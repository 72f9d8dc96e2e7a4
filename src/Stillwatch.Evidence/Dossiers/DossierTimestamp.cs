using System.Globalization;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Stillwatch.Evidence.Merkle;
using Stillwatch.Evidence.TransparencyLog;
using Stillwatch.Evidence.TransparencyLog.Proofs;
using Stillwatch.Evidence.TransparencyLog.Timestamps;

namespace Stillwatch.Evidence.Dossiers;

/// <summary>That an authority has stamped a checkpoint of the log, and that the dossier's checkpoint continues that one.</summary>
/// <remarks>
/// <code>
/// timestamps/SIZE.checkpoint     the bytes that were stamped
/// timestamps/SIZE.tst            the token of RFC 3161, DER
/// timestamps/SIZE.consistency    the proof (RFC 6962) to the dossier's checkpoint, a hash a line in base64
/// </code>
/// An entry whose index is smaller than SIZE existed when the token was made.
/// </remarks>
/// <param name="Stamped">The checkpoint that was stamped.</param>
/// <param name="Token">The token.</param>
/// <param name="Consistency">The proof.</param>
public sealed record DossierTimestamp(SignedCheckpoint Stamped, TimestampToken Token, IReadOnlyList<MerkleHash> Consistency)
{
    private const string Folder = "timestamps/";
    private const string TokenSuffix = ".tst";
    private const int MaxProof = 64;

    /// <summary>Entries that existed at the time.</summary>
    public ulong Size => Stamped.Checkpoint.Size;

    private string Name => string.Create(CultureInfo.InvariantCulture, $"{Folder}{Size}");

    /// <summary>The earliest timestamp that covers each of some entries, each once.</summary>
    /// <param name="log">The log under the dossier's checkpoint.</param>
    /// <param name="kept">The timestamps that are kept beside the log.</param>
    /// <param name="entries">Which entries.</param>
    public static IReadOnlyList<DossierTimestamp> Choose(
        LogReader log, IEnumerable<(SignedCheckpoint Stamped, TimestampToken Token)> kept, IEnumerable<ulong> entries)
    {
        ArgumentNullException.ThrowIfNull(log);
        ArgumentNullException.ThrowIfNull(kept);
        ArgumentNullException.ThrowIfNull(entries);
        var usable = kept.Where(pair => pair.Stamped.Checkpoint.Size <= log.Size)
            .OrderBy(pair => pair.Stamped.Checkpoint.Size).ToList();
        return
        [
            .. entries.Select(entry => usable.FindIndex(pair => pair.Stamped.Checkpoint.Size > entry))
                .Where(place => place >= 0).Distinct().Select(place => usable[place])
                .Select(pair => new DossierTimestamp(pair.Stamped, pair.Token, log.ProveConsistency(pair.Stamped.Checkpoint.Size))),
        ];
    }

    /// <summary>The timestamps of a dossier; nothing of them is verified.</summary>
    /// <exception cref="InvalidDataException">A part is missing or malformed.</exception>
    public static IReadOnlyList<DossierTimestamp> ReadAll(DossierFiles files)
    {
        ArgumentNullException.ThrowIfNull(files);
        return
        [
            .. files.Names.Where(name => name.StartsWith(Folder, StringComparison.Ordinal))
                .Where(name => name.EndsWith(TokenSuffix, StringComparison.Ordinal))
                .Select(name => Read(files, name[..^TokenSuffix.Length])).OrderBy(stamp => stamp.Size),
        ];
    }

    /// <summary>Adds the files.</summary>
    public void AddTo(DossierFiles files)
    {
        ArgumentNullException.ThrowIfNull(files);
        files.Add($"{Name}.checkpoint", Stamped.ToBytes());
        files.Add($"{Name}{TokenSuffix}", Token.ToBytes());
        files.Add($"{Name}.consistency", Encoding.UTF8.GetBytes(string.Concat(Consistency.Select(hash => $"{hash}\n"))));
    }

    /// <summary>What is wrong with it, a sentence each.</summary>
    /// <param name="current">The dossier's checkpoint.</param>
    /// <param name="policy">The logs that are trusted.</param>
    /// <param name="authorities">The authorities that are trusted; null to leave open who signed the token.</param>
    public IEnumerable<string> Faults(Checkpoint current, TrustPolicy policy, X509Certificate2Collection? authorities)
    {
        ArgumentNullException.ThrowIfNull(current);
        ArgumentNullException.ThrowIfNull(policy);
        var stamped = Stamped.Checkpoint;
        if (policy.Judge(Stamped) is not (CheckpointVerdict.Accepted or CheckpointVerdict.QuorumNotMet) || stamped.Origin != current.Origin)
        {
            yield return $"The checkpoint of {Name} is not the log's.";
        }
        else if (!MerkleVerifier.Consistency(stamped.Size, current.Size, stamped.Root, current.Root, Consistency))
        {
            yield return $"The log is not shown to continue the checkpoint of {Name}.";
        }

        var verdict = Token.Verify(Stamped.ToBytes(), authorities ?? []);
        if (verdict != TimestampVerdict.Verified && (authorities is not null || verdict != TimestampVerdict.UntrustedAuthority))
        {
            yield return $"The token of {Name}: {verdict}.";
        }
    }

    private static DossierTimestamp Read(DossierFiles files, string name)
    {
        var stamped = SignedCheckpoint.ParseUnverified(files.Get($"{name}.checkpoint"));
        var token = TimestampToken.Parse(files.Get($"{name}{TokenSuffix}"))
            ?? throw new InvalidDataException($"{name}{TokenSuffix} is no token of RFC 3161.");
        var stamp = new DossierTimestamp(stamped, token, ReadProof(files.Get($"{name}.consistency")));
        return stamp.Name == name ? stamp : throw new InvalidDataException($"{name} is not the size of the checkpoint that was stamped.");
    }

    private static List<MerkleHash> ReadProof(byte[] file)
    {
        var lines = Encoding.UTF8.GetString(file).Split('\n');
        return lines.Length <= MaxProof + 1 && lines[^1].Length == 0
            ? [.. lines[..^1].Select(line => MerkleHash.FromBase64(Encoding.UTF8.GetBytes(line))
                ?? throw new InvalidDataException("A proof of consistency is a hash a line, in base64."))]
            : throw new InvalidDataException($"A proof of consistency has at most {MaxProof} lines.");
    }
}
