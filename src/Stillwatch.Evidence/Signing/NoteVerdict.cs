namespace Stillwatch.Evidence.Signing;

/// <summary>What a set of known keys says about a note.</summary>
public enum NoteVerdict
{
    /// <summary>At least one known key signed it, and no known key's signature fails.</summary>
    Verified,

    /// <summary>No signature names a known key: the text must be ignored.</summary>
    NoKnownSignature,

    /// <summary>A signature that names a known key fails: the whole note must be rejected.</summary>
    SignatureFails,
}
