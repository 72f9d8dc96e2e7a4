namespace Stillwatch.Evidence.TransparencyLog.Proofs;

/// <summary>What a policy says about a checkpoint.</summary>
public enum CheckpointVerdict
{
    /// <summary>A log of the policy signed it, and the quorum has cosigned it.</summary>
    Accepted,

    /// <summary>It is of no log of the policy, or none of the policy's logs signed it.</summary>
    UnknownLog,

    /// <summary>A signature that names a key of the policy fails.</summary>
    SignatureFails,

    /// <summary>Too few of the policy's witnesses have cosigned it.</summary>
    QuorumNotMet,
}
