namespace Stillwatch.Gateway.Quotas;

/// <summary>What a limit counts.</summary>
public enum QuotaMeasure
{
    /// <summary>Requests admitted; one each, charged when it is admitted.</summary>
    Requests,

    /// <summary>Tokens of prompts, cached ones included.</summary>
    InputTokens,

    /// <summary>Tokens that the model wrote, hidden reasoning included.</summary>
    OutputTokens,

    /// <summary>Tokens of prompts and answers together.</summary>
    TotalTokens,

    /// <summary>Money in millionths of the operator's currency.</summary>
    Money,

    /// <summary>Requests under way at one moment; has no window.</summary>
    Concurrency,
}
