namespace Stillwatch.Evidence.TransparencyLog.Proofs;

/// <summary>What the verification of a proof found.</summary>
public enum TlogProofVerdict
{
    /// <summary>The entry is in a log that the policy accepts, under a checkpoint that the policy accepts.</summary>
    Included,

    /// <summary>The checkpoint is of no log of the policy, or none of the policy's logs signed it.</summary>
    UnknownLog,

    /// <summary>A signature that names a key of the policy fails.</summary>
    SignatureFails,

    /// <summary>Too few of the policy's witnesses have cosigned the checkpoint.</summary>
    QuorumNotMet,

    /// <summary>The hashes do not lead from this entry to the checkpoint's root.</summary>
    NotIncluded,
}
