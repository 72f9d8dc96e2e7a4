namespace Stillwatch.Statistics;

/// <summary>
/// The smallest false-discovery level at which a hypothesis is rejected together with those that are at least as evident: what is often
/// called an adjusted p-value or q-value. It speaks of a whole list of hypotheses and is no p-value, hence a type of its own.
/// </summary>
public readonly record struct FalseDiscoveryLevel : IComparable<FalseDiscoveryLevel>
{
    internal FalseDiscoveryLevel(double log10) => Log10 = Math.Min(0, log10);

    /// <summary>The decimal logarithm, at most 0.</summary>
    public double Log10 { get; }

    /// <summary>The level as a plain number in [0, 1].</summary>
    public double Value => Math.Pow(10, Log10);

    /// <summary>Whether the left level is the lower one.</summary>
    public static bool operator <(FalseDiscoveryLevel left, FalseDiscoveryLevel right) => left.Log10 < right.Log10;

    /// <summary>Whether the left level is the higher one.</summary>
    public static bool operator >(FalseDiscoveryLevel left, FalseDiscoveryLevel right) => left.Log10 > right.Log10;

    /// <summary>Whether the left level is not the higher one.</summary>
    public static bool operator <=(FalseDiscoveryLevel left, FalseDiscoveryLevel right) => left.Log10 <= right.Log10;

    /// <summary>Whether the left level is not the lower one.</summary>
    public static bool operator >=(FalseDiscoveryLevel left, FalseDiscoveryLevel right) => left.Log10 >= right.Log10;

    /// <summary>Orders by size, so that the most evident hypotheses come first.</summary>
    public int CompareTo(FalseDiscoveryLevel other) => Log10.CompareTo(other.Log10);

    /// <summary>The number to three or four digits.</summary>
    public override string ToString() => LogarithmicNotation.Format(Log10);
}
