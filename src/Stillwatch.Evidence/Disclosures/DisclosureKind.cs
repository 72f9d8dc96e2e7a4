namespace Stillwatch.Evidence.Disclosures;

/// <summary>In which form something was given out.</summary>
public enum DisclosureKind
{
    /// <summary>A STIX bundle of a campaign, written to a file.</summary>
    StixBundle,

    /// <summary>A STIX bundle that confirms or denies somebody else's indicators.</summary>
    StixSighting,

    /// <summary>A STIX bundle that withdraws what was shared before.</summary>
    StixRevocation,

    /// <summary>Objects or a manifest that the own TAXII server answers with.</summary>
    TaxiiAnswer,

    /// <summary>Objects posted to somebody else's TAXII server.</summary>
    TaxiiPush,

    /// <summary>Blinded elements sent to a key service to be evaluated.</summary>
    BlindedElements,

    /// <summary>Evaluations that the own key service gives to a lab.</summary>
    Evaluations,

    /// <summary>Match tokens of enforced accounts.</summary>
    MatchTokens,

    /// <summary>A MISP feed.</summary>
    MispFeed,

    /// <summary>The dossier of a case.</summary>
    Dossier,

    /// <summary>What the cases hold about an account, for whoever it belongs to.</summary>
    SubjectAccess,
}
