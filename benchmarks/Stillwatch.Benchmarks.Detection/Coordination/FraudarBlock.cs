namespace Stillwatch.Benchmarks.Detection.Coordination;

/// <summary>A dense block of <see cref="Fraudar"/>.</summary>
/// <param name="Accounts">Its rows, ascending.</param>
/// <param name="Values">Its columns, ascending.</param>
/// <param name="AccountWeights">The weight of each row's edges inside the block.</param>
/// <param name="Density">The weight inside over rows and columns.</param>
internal sealed record FraudarBlock(int[] Accounts, int[] Values, double[] AccountWeights, double Density);
