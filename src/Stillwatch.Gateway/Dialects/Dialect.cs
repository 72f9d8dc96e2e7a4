namespace Stillwatch.Gateway.Dialects;

/// <summary>Whose wire format a request speaks: it decides the form of errors and of events.</summary>
public enum Dialect
{
    /// <summary>OpenAI's chat completions, completions, embeddings, models.</summary>
    OpenAi,

    /// <summary>OpenAI's responses, whose stream has events of its own.</summary>
    OpenAiResponses,

    /// <summary>Anthropic's messages.</summary>
    Anthropic,
}
