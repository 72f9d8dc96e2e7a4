namespace Stillwatch.Gateway.Responses;

/// <summary>What a reduced request gets of a model's reasoning.</summary>
public enum ReasoningTreatment
{
    /// <summary>None of it.</summary>
    Hidden,

    /// <summary>A summary, where the model server makes one; the reasoning itself is hidden.</summary>
    Summary,

    /// <summary>All that was asked for.</summary>
    Kept,
}
