using System.Collections.Frozen;

namespace Stillwatch.Gateway.Dialects;

/// <summary>Endpoints by path, and their names.</summary>
public static class EndpointTable
{
    /// <summary>Path of the list of models.</summary>
    public const string ModelsPath = "/v1/models";

    private static readonly FrozenDictionary<string, ApiEndpoint> Posts = new Dictionary<string, ApiEndpoint>(StringComparer.Ordinal)
    {
        ["/v1/chat/completions"] = ApiEndpoint.ChatCompletions,
        ["/v1/completions"] = ApiEndpoint.Completions,
        ["/v1/responses"] = ApiEndpoint.Responses,
        ["/v1/embeddings"] = ApiEndpoint.Embeddings,
        ["/v1/messages"] = ApiEndpoint.Messages,
        ["/v1/messages/count_tokens"] = ApiEndpoint.CountTokens,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private static readonly string[] Names =
        ["chat", "completions", "responses", "embeddings", "messages", "count_tokens", "models", "pass_through"];

    private static readonly string[] Operations =
        ["chat", "text_completion", "responses", "embeddings", "chat", "count_tokens", "models", "pass_through"];

    /// <summary>Names of endpoints as keys' scopes have them.</summary>
    public static IReadOnlyList<string> AllNames => Names;

    /// <summary>The endpoint of a method and a path; null where none is known.</summary>
    public static ApiEndpoint? Find(string method, string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        if (method == "POST")
        {
            return Posts.TryGetValue(path, out var endpoint) ? endpoint : null;
        }

        var isModels = method == "GET" && path.StartsWith(ModelsPath, StringComparison.Ordinal)
            && (path.Length == ModelsPath.Length || (path[ModelsPath.Length] == '/' && path.Length > ModelsPath.Length + 1));
        return isModels ? ApiEndpoint.Models : null;
    }

    /// <summary>The dialect of a request: that of its endpoint, or, where several share a path, of its headers.</summary>
    public static Dialect DialectOf(ApiEndpoint? endpoint, string path, bool hasAnthropicVersion)
    {
        ArgumentNullException.ThrowIfNull(path);
        return endpoint switch
        {
            ApiEndpoint.Responses => Dialect.OpenAiResponses,
            ApiEndpoint.Messages or ApiEndpoint.CountTokens => Dialect.Anthropic,
            ApiEndpoint.Models or ApiEndpoint.PassThrough or null when hasAnthropicVersion => Dialect.Anthropic,
            null when path.StartsWith("/v1/messages", StringComparison.Ordinal) => Dialect.Anthropic,
            _ => Dialect.OpenAi,
        };
    }

    /// <summary>The name in scopes and metrics.</summary>
    public static string NameOf(ApiEndpoint endpoint) => Names[(int)endpoint];

    /// <summary>What the interaction says was done.</summary>
    public static string OperationOf(ApiEndpoint endpoint) => Operations[(int)endpoint];
}
