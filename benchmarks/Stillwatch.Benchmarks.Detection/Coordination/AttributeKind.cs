namespace Stillwatch.Benchmarks.Detection.Coordination;

/// <summary>What kind of thing accounts may have in common. The same sides that the product compares, so that no rival sees less.</summary>
internal enum AttributeKind
{
    /// <summary>A client address.</summary>
    Address,

    /// <summary>A client network: /24 of IPv4, /48 of IPv6.</summary>
    Network,

    /// <summary>An autonomous system.</summary>
    AutonomousSystem,

    /// <summary>A program: the User-Agent header together with the TLS fingerprint.</summary>
    Client,

    /// <summary>A payment instrument.</summary>
    Payment,

    /// <summary>A domain of e-mail addresses.</summary>
    EmailDomain,

    /// <summary>A system prompt, figures masked.</summary>
    SystemPrompt,

    /// <summary>A set of tools offered to the model.</summary>
    ToolSet,

    /// <summary>A phrase of a prompt.</summary>
    Phrase,
}
