namespace Stillwatch.Evidence.Signing;

/// <summary>The signature types of C2SP signed-note that are supported; the value is the type's identifier byte.</summary>
/// <remarks>The specification assigns more (0x02 ECDSA, 0x05 RFC 6962, 0x06 ML-DSA-44); Debian 12's OpenSSL has no ML-DSA.</remarks>
public enum NoteKeyType : byte
{
    /// <summary>An Ed25519 signature over the note's text; what a log signs with.</summary>
    Ed25519 = 0x01,

    /// <summary>A timestamped Ed25519 cosignature of a checkpoint (C2SP tlog-cosignature); what a witness signs with.</summary>
    Cosignature = 0x04,
}
