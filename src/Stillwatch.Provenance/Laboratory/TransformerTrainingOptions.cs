namespace Stillwatch.Provenance.Laboratory;

/// <summary>How a <see cref="TransformerModel"/> is trained.</summary>
public sealed record TransformerTrainingOptions
{
    /// <summary>How often it reads the texts, above 0; 1 by default.</summary>
    public double Epochs { get; init; } = 1;

    /// <summary>Windows of a step, 1 to 4096; 32 by default.</summary>
    public int Batch { get; init; } = 32;

    /// <summary>The highest rate of learning, above 0; 0.003 by default.</summary>
    public double LearningRate { get; init; } = 3e-3;

    /// <summary>Which part of the steps the rate rises for, 0 to 1; 0.05 by default. Then it falls along a cosine.</summary>
    public double WarmUp { get; init; } = 0.05;

    /// <summary>Which part of the highest rate the last step has, 0 to 1; 0.1 by default.</summary>
    public double FinalRate { get; init; } = 0.1;

    /// <summary>How fast matrices shrink, 0 or more, times the rate; 0.1 by default.</summary>
    public double WeightDecay { get; init; } = 0.1;

    /// <summary>The longest gradient, above 0; 1 by default.</summary>
    public double Clip { get; init; } = 1;

    /// <summary>Each gives another order of the texts.</summary>
    public ulong Seed { get; init; }

    /// <summary>Threads at most, at least 1; what is learnt does not depend on it.</summary>
    public int Degree { get; init; } = 1;

    /// <exception cref="ArgumentOutOfRangeException">A number is out of range.</exception>
    internal void Check()
    {
        ArgumentOutOfRangeException.ThrowIfEqual(Epochs > 0 && Epochs <= 1e6, false, nameof(Epochs));
        ArgumentOutOfRangeException.ThrowIfLessThan(Batch, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Batch, 4096);
        ArgumentOutOfRangeException.ThrowIfEqual(LearningRate > 0 && LearningRate <= 1, false, nameof(LearningRate));
        ArgumentOutOfRangeException.ThrowIfEqual(WarmUp is >= 0 and <= 1, false, nameof(WarmUp));
        ArgumentOutOfRangeException.ThrowIfEqual(FinalRate is >= 0 and <= 1, false, nameof(FinalRate));
        ArgumentOutOfRangeException.ThrowIfEqual(WeightDecay is >= 0 and <= 100, false, nameof(WeightDecay));
        ArgumentOutOfRangeException.ThrowIfEqual(Clip > 0 && double.IsFinite(Clip), false, nameof(Clip));
        ArgumentOutOfRangeException.ThrowIfLessThan(Degree, 1);
    }
}
