using Stillwatch.Evidence.Signing;

namespace Stillwatch.Evidence.TransparencyLog.Proofs;

/// <summary>Which logs are accepted, and how many of which witnesses must have cosigned a checkpoint (C2SP tlog-policy).</summary>
/// <remarks>
/// <code>
/// log [vkey] [url]
/// witness [name] [vkey] [url]
/// group [name] [k | any | all] [member]...
/// quorum [name | none]
/// </code>
/// </remarks>
public sealed class TrustPolicy
{
    private readonly Dictionary<string, PolicyGroup> _groups;
    private readonly string _quorum;
    private readonly List<NoteVerifierKey> _keys;

    internal TrustPolicy(
        IReadOnlyList<PolicyLog> logs, IReadOnlyList<PolicyWitness> witnesses, IEnumerable<PolicyGroup> groups, string quorum)
    {
        Logs = logs;
        Witnesses = witnesses;
        _groups = groups.ToDictionary(group => group.Name, StringComparer.Ordinal);
        _quorum = quorum;
        _keys = [.. logs.Select(log => log.Key), .. witnesses.Select(witness => witness.Key)];
    }

    /// <summary>The logs that are accepted.</summary>
    public IReadOnlyList<PolicyLog> Logs { get; }

    /// <summary>The witnesses that are known.</summary>
    public IReadOnlyList<PolicyWitness> Witnesses { get; }

    /// <summary>A policy that accepts one log and asks for no witness.</summary>
    public static TrustPolicy Of(NoteVerifierKey log) => new([new(log, null)], [], [], TrustPolicyParser.None);

    /// <summary>Reads a policy file.</summary>
    /// <exception cref="InvalidDataException">A line is wrong; the message names it.</exception>
    public static TrustPolicy Parse(ReadOnlySpan<byte> file) => new TrustPolicyParser().Parse(file);

    /// <summary>Judges a checkpoint: its log's signature, and the quorum of witnesses.</summary>
    public CheckpointVerdict Judge(SignedCheckpoint checkpoint)
    {
        ArgumentNullException.ThrowIfNull(checkpoint);
        if (checkpoint.Note.Verify(_keys, out var verified) == NoteVerdict.SignatureFails)
        {
            return CheckpointVerdict.SignatureFails;
        }

        var signers = verified.Select(pair => pair.Key).ToHashSet();
        if (!Logs.Any(log => signers.Contains(log.Key) && log.Key.Name == checkpoint.Checkpoint.Origin))
        {
            return CheckpointVerdict.UnknownLog;
        }

        return IsMetBy(signers) ? CheckpointVerdict.Accepted : CheckpointVerdict.QuorumNotMet;
    }

    /// <summary>Whether cosignatures by these keys are a quorum.</summary>
    public bool IsMetBy(IReadOnlySet<NoteVerifierKey> cosigners)
    {
        ArgumentNullException.ThrowIfNull(cosigners);
        return _quorum == TrustPolicyParser.None || HasWitnessed(_quorum, cosigners);
    }

    /// <summary>
    /// Groups name only what was defined before them, and each name is a member once, so that this visits each at most once.
    /// </summary>
    private bool HasWitnessed(string name, IReadOnlySet<NoteVerifierKey> cosigners) => _groups.TryGetValue(name, out var group)
        ? group.Members.Count(member => HasWitnessed(member, cosigners)) >= group.Threshold
        : Witnesses.Any(witness => witness.Name == name && cosigners.Contains(witness.Key));
}
