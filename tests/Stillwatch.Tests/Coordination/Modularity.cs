using Stillwatch.Coordination;

namespace Stillwatch.Tests.Coordination;

/// <summary>Modularity by its definition (Newman and Girvan 2004; resolution of Reichardt and Bornholdt 2006).</summary>
internal static class Modularity
{
    public static double Of(LouvainLevel level, int[] community, double resolution = 1)
    {
        var (inside, strength) = (new double[level.Count], new double[level.Count]);
        for (var node = 0; node < level.Count; node++)
        {
            inside[community[node]] += Loops(level, node);
            strength[community[node]] += level.Strength[node];
            for (var i = level.Start[node]; i < level.Start[node + 1]; i++)
            {
                inside[community[node]] += community[level.Target[i]] == community[node] ? level.Weight[i] : 0;
            }
        }

        var total = level.TotalStrength;
        return inside.Sum(weight => weight / total) - (resolution * strength.Sum(sum => sum / total * (sum / total)));
    }

    /// <summary>What a node's strength has beyond its edges.</summary>
    public static double Loops(LouvainLevel level, int node) =>
        level.Strength[node] - level.Weight.AsSpan(level.Start[node]..level.Start[node + 1]).ToArray().Sum();
}
