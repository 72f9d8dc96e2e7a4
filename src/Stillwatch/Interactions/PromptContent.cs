namespace Stillwatch.Interactions;

/// <summary>The content of one request: text in UTF-8, unescaped.</summary>
public sealed class PromptContent
{
    /// <summary>No content: a log that keeps metadata only.</summary>
    public static PromptContent Empty { get; } = new();

    /// <summary>The system prompt; null where there is none. System messages inside <see cref="Messages"/> stay there.</summary>
    public ReadOnlyMemory<byte>? System { get; init; }

    /// <summary>The conversation in order; the last message of role "user" is the prompt.</summary>
    public IReadOnlyList<PromptMessage> Messages { get; init; } = [];

    /// <summary>Names of the tools offered to the model, in the order of the request.</summary>
    public IReadOnlyList<string> Tools { get; init; } = [];

    /// <summary>How the reply was to be sampled.</summary>
    public GenerationParameters Parameters { get; init; }
}
