namespace Stillwatch.Coordination;

/// <summary>What kind of thing accounts have in common. The numbers are stored; never reuse one.</summary>
public enum SharedValueKind : byte
{
    /// <summary>A phrase the account's prompts repeat around changing content.</summary>
    Phrase = 1,

    /// <summary>A system prompt, figures masked.</summary>
    SystemPrompt = 2,

    /// <summary>A set of tools offered to the model.</summary>
    ToolSet = 3,

    /// <summary>A payment instrument.</summary>
    Payment = 16,

    /// <summary>A domain of e-mail addresses.</summary>
    EmailDomain = 17,

    /// <summary>A client address.</summary>
    Address = 18,

    /// <summary>A client network: /24 of IPv4, /48 of IPv6.</summary>
    Network = 19,

    /// <summary>An autonomous system together with TLS fingerprint, program and sampling parameters.</summary>
    Client = 20,
}
