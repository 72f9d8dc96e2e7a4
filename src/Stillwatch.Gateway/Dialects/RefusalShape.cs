namespace Stillwatch.Gateway.Dialects;

/// <summary>Status and codes of a refusal in both dialects.</summary>
/// <param name="Status">HTTP status; Anthropic's overload has one of its own.</param>
/// <param name="OpenAiType">OpenAI's <c>error.type</c>.</param>
/// <param name="OpenAiCode">OpenAI's <c>error.code</c>.</param>
/// <param name="AnthropicType">Anthropic's <c>error.type</c>.</param>
/// <param name="ShouldRetry">
/// What <c>x-should-retry</c> says: the official clients repeat 408, 409, 429 and 5xx by themselves, which for a decision of policy
/// would only multiply the traffic. Null leaves it to them.
/// </param>
internal readonly record struct RefusalShape(int Status, string OpenAiType, string? OpenAiCode, string AnthropicType, bool? ShouldRetry)
{
    private const string Invalid = "invalid_request_error";
    private const string Api = "api_error";
    private const string Server = "server_error";
    private const string Permission = "permission_error";

    public static RefusalShape Of(RefusalReason reason) => reason switch
    {
        RefusalReason.Unauthenticated => new(401, Invalid, "invalid_api_key", "authentication_error", null),
        RefusalReason.Forbidden => new(403, Permission, "insufficient_permissions", Permission, false),
        RefusalReason.PolicyDenied => new(403, Permission, "policy_denied", Permission, false),
        RefusalReason.ChallengeRequired => new(403, Permission, "verification_required", Permission, false),
        RefusalReason.NoSuchEndpoint => new(404, Invalid, "unknown_url", "not_found_error", null),
        RefusalReason.NoSuchModel => new(404, Invalid, "model_not_found", "not_found_error", null),
        RefusalReason.MalformedRequest => new(400, Invalid, null, Invalid, null),
        RefusalReason.RequestTooLarge => new(413, Invalid, "request_too_large", "request_too_large", null),
        RefusalReason.UnsupportedBody => new(415, Invalid, "unsupported_media_type", Invalid, null),
        RefusalReason.RateLimited => new(429, "requests", "rate_limit_exceeded", "rate_limit_error", null),
        RefusalReason.QuotaExhausted => new(429, "insufficient_quota", "insufficient_quota", "rate_limit_error", false),
        RefusalReason.Overloaded => new(503, Server, "overloaded", "overloaded_error", null),
        RefusalReason.Stopping => new(503, Server, "stopping", "overloaded_error", null),
        RefusalReason.UpstreamFailed => new(502, Server, "upstream_failed", Api, null),
        RefusalReason.UpstreamTimeout => new(504, Server, "upstream_timeout", "timeout_error", null),
        RefusalReason.UpstreamMalformed => new(502, Server, "upstream_malformed", Api, null),
        RefusalReason.Internal => new(500, Server, "internal_error", Api, null),
        _ => throw new ArgumentOutOfRangeException(nameof(reason), reason, null),
    };
}
