namespace Stillwatch.Benchmarks.Detection.Coordination;

/// <summary>A dense block of <see cref="DCube"/>.</summary>
/// <param name="Values">Its values in every mode, ascending.</param>
/// <param name="Density">Its density in the tensor as given, before earlier blocks were taken out.</param>
internal sealed record DCubeBlock(int[][] Values, double Density)
{
    /// <summary>The values of the first mode.</summary>
    public int[] Accounts => Values[0];
}
