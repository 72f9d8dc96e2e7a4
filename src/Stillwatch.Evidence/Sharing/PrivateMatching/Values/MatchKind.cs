namespace Stillwatch.Evidence.Sharing.PrivateMatching.Values;

/// <summary>What can be matched between labs without being shown.</summary>
public enum MatchKind
{
    /// <summary>A payment instrument: letters and digits only.</summary>
    Payment,

    /// <summary>A mail address.</summary>
    Email,

    /// <summary>A telephone number in international form.</summary>
    Phone,

    /// <summary>A device, by an identifier of it.</summary>
    Device,

    /// <summary>The wrapper that many accounts put around ever new content.</summary>
    PromptTemplate,
}
