namespace Stillwatch.Gateway.Configuration;

/// <summary>How the gateway proves itself to an upstream.</summary>
public enum CredentialScheme
{
    /// <summary>Not at all.</summary>
    None,

    /// <summary><c>Authorization: Bearer KEY</c>, as OpenAI-compatible servers expect.</summary>
    Bearer,

    /// <summary><c>x-api-key: KEY</c>, as Anthropic-compatible servers expect.</summary>
    ApiKeyHeader,
}
