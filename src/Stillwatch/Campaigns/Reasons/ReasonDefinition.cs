namespace Stillwatch.Campaigns.Reasons;

/// <summary>What one reason code means, what it is tested against, and how it can be answered.</summary>
public sealed record ReasonDefinition
{
    /// <summary>The code; see <see cref="ReasonCodes"/>.</summary>
    public required string Code { get; init; }

    /// <summary>The code in words.</summary>
    public required string Title { get; init; }

    /// <summary>How it enters the decision.</summary>
    public required ReasonRole Role { get; init; }

    /// <summary>What was seen if this code is given.</summary>
    public required string Meaning { get; init; }

    /// <summary>The statistic and the test, with their source.</summary>
    public required string Test { get; init; }

    /// <summary>The hypothesis that the evidence speaks against.</summary>
    public required string NullHypothesis { get; init; }

    /// <summary>What must not be concluded from it, and what explains it innocently.</summary>
    public required string CannotMean { get; init; }

    /// <summary>What an accused person can show against it.</summary>
    public required string Answer { get; init; }

    /// <summary>Signals named by providers that it answers; see <see cref="ProviderSignals"/>.</summary>
    public required IReadOnlyList<ProviderSignal> Signals { get; init; }

    /// <summary>Techniques of MITRE ATLAS that it is a trace of; see <see cref="AtlasTechniques"/>.</summary>
    public required IReadOnlyList<AtlasTechnique> Techniques { get; init; }
}
