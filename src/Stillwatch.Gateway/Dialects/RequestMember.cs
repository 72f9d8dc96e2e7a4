namespace Stillwatch.Gateway.Dialects;

/// <summary>Members of requests that the gateway reads.</summary>
internal enum RequestMember
{
    Other,
    Model,
    Stream,
    StreamOptions,
    Messages,
    Input,
    Prompt,
    System,
    Instructions,
    Tools,
    MaxTokens,
    MaxCompletionTokens,
    MaxOutputTokens,
    Choices,
    Logprobs,
    TopLogprobs,
    LogitBias,
    Temperature,
    TopP,
    Reasoning,
    ReasoningEffort,
    Thinking,
    Include,
    PromptLogprobs,
    NProbs,
}
