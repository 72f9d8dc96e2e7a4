namespace Stillwatch.Store;

/// <summary>What a stored hash is the hash of. The number seeds the hash, so that equal texts of different kinds stay apart.</summary>
/// <remarks>The numbers are part of the store's format: a number is never reused.</remarks>
public enum LabelKind : byte
{
    /// <summary>The holder of an API key.</summary>
    Account = 1,

    /// <summary>A declared affiliation.</summary>
    Organization = 2,

    /// <summary>The identifier of an API key.</summary>
    ApiKey = 3,

    /// <summary>A model's name.</summary>
    Model = 4,

    /// <summary>An operation: chat, embeddings, …</summary>
    Operation = 5,

    /// <summary>An IP address.</summary>
    Address = 6,

    /// <summary>The network of an IP address (see <see cref="Interactions.ClientAddress.Network"/>), named by its first address.</summary>
    Network = 7,

    /// <summary>A User-Agent header.</summary>
    Agent = 8,

    /// <summary>A JA4 fingerprint.</summary>
    Ja4 = 9,

    /// <summary>Why a model stopped.</summary>
    Finish = 10,

    /// <summary>The domain of an e-mail address.</summary>
    EmailDomain = 11,

    /// <summary>The pseudonym of a payment instrument.</summary>
    Payment = 12,

    /// <summary>A country as a registration declares it.</summary>
    Country = 13,

    /// <summary>The way in: api, education, reseller, …</summary>
    Program = 14,
}
