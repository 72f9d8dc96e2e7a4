namespace Stillwatch.Gateway.Dialects;

/// <summary>What the gateway serves.</summary>
public enum ApiEndpoint
{
    /// <summary><c>POST /v1/chat/completions</c>.</summary>
    ChatCompletions,

    /// <summary><c>POST /v1/completions</c>.</summary>
    Completions,

    /// <summary><c>POST /v1/responses</c>.</summary>
    Responses,

    /// <summary><c>POST /v1/embeddings</c>.</summary>
    Embeddings,

    /// <summary><c>POST /v1/messages</c>.</summary>
    Messages,

    /// <summary><c>POST /v1/messages/count_tokens</c>.</summary>
    CountTokens,

    /// <summary><c>GET /v1/models</c> and <c>GET /v1/models/NAME</c>, answered by the gateway itself.</summary>
    Models,

    /// <summary>What a pass-through rule lets through.</summary>
    PassThrough,
}
