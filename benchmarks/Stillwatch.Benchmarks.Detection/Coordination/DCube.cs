namespace Stillwatch.Benchmarks.Detection.Coordination;

/// <summary>Dense blocks of a tensor of accounts, templates, times and places.</summary>
/// <remarks>
/// K. Shin, B. Hooi, J. Kim, C. Faloutsos, "D-Cube: dense-block detection in terabyte-scale tensors", WSDM 2017. Over and over a mode is
/// chosen, and all of its values whose mass is at most theta times the average are taken away, the lightest first; the densest rest on the
/// way is the block, whose tuples are then taken out. Held in memory, which changes nothing of the result. Cost O(tuples x modes) a pass,
/// and a logarithmic number of passes for theta above 1.
/// </remarks>
internal static class DCube
{
    /// <summary>Suspicion by blocks, the densest first; inside a block by the mass an account has in it.</summary>
    public static Suspicion Detect(MassTensor tensor, DCubeOptions options, CancellationToken cancellation)
    {
        var blocks = Blocks(tensor, options, cancellation).OrderByDescending(static block => block.Density);
        return Suspicion.FromGroups(
            tensor.Sizes[0],
            [.. blocks.Select(block => (block.Accounts, AccountMasses(tensor, block)))]);
    }

    /// <summary>The blocks in the order in which they are found.</summary>
    public static IReadOnlyList<DCubeBlock> Blocks(MassTensor tensor, DCubeOptions options, CancellationToken cancellation)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(options.MassThreshold, 1);
        var blocks = new List<DCubeBlock>();
        var tuples = Enumerable.Range(0, tensor.Count).ToList();
        while (blocks.Count < options.Blocks && tuples.Count > 0)
        {
            var values = new DCubeSearch(tensor, options, [.. tuples]).Run(cancellation);
            var inside = Inside(tensor, values);
            blocks.Add(new(values, Density(tensor, options.Measure, values, inside)));
            tuples.RemoveAll(tuple => inside(tuple));
        }

        return blocks;
    }

    private static double Density(MassTensor tensor, DensityMeasure measure, int[][] values, Predicate<int> inside)
    {
        var (mass, whole) = (0.0, 0.0);
        for (var tuple = 0; tuple < tensor.Count; tuple++)
        {
            whole += tensor.Masses[tuple];
            mass += inside(tuple) ? tensor.Masses[tuple] : 0;
        }

        var wholeSizes = Enumerable.Range(0, tensor.Order)
            .Select(mode => Enumerable.Range(0, tensor.Count).Select(tuple => tensor.Value(tuple, mode)).Distinct().Count()).ToArray();
        return measure.Of(mass, [.. values.Select(static mode => mode.Length)], whole, wholeSizes);
    }

    private static double[] AccountMasses(MassTensor tensor, DCubeBlock block)
    {
        var (inside, masses) = (Inside(tensor, block.Values), new double[tensor.Sizes[0]]);
        for (var tuple = 0; tuple < tensor.Count; tuple++)
        {
            masses[tensor.Value(tuple, 0)] += inside(tuple) ? tensor.Masses[tuple] : 0;
        }

        return Array.ConvertAll(block.Accounts, account => masses[account]);
    }

    private static Predicate<int> Inside(MassTensor tensor, int[][] values)
    {
        var sets = Array.ConvertAll(values, static mode => mode.ToHashSet());
        return tuple =>
        {
            for (var mode = 0; mode < sets.Length; mode++)
            {
                if (!sets[mode].Contains(tensor.Value(tuple, mode)))
                {
                    return false;
                }
            }

            return true;
        };
    }
}
