namespace Stillwatch.Evidence.Sharing.PrivateMatching.Voprf;

/// <summary>Which protocol of RFC 9497 is run (3.1).</summary>
public enum OprfMode
{
    /// <summary>Without proof: the client has to trust that the right key was used. For comparison with published vectors only.</summary>
    Base = 0,

    /// <summary>With a proof that the key of the published public key was used. What matching runs.</summary>
    Verifiable = 1,
}
