using Stillwatch.Statistics;

namespace Stillwatch.Tests.Statistics;

public sealed class ChiSquareHomogeneityTests
{
    private static readonly ContingencyTable Known = new(3, [8, 3, 1, 2, 5, 6]);

    /// <summary>
    /// python3: Pearson's statistic in fractions.Fraction; e^(-x/2) for two degrees of freedom; all 2 x 3 tables of the margins enumerated.
    /// </summary>
    [Fact]
    public void KnownTable_GoldenValues_Agree()
    {
        var asymptotic = ChiSquareHomogeneity.Asymptotic(Known);
        Assert.Equal(7.643658424908425, asymptotic.ChiSquare, 1e-12);
        Assert.Equal(2, asymptotic.DegreesOfFreedom);
        Assert.Equal(0.5529433397703033, asymptotic.CramersV, 1e-12);
        Assert.Equal(0.021887726950824565, asymptotic.PValue.Probability, 1e-13);
        var permuted = ChiSquareHomogeneity.Permutation(Known, 40_000, 3);
        Assert.InRange(permuted.PValue.Probability, 0.023192892717727825 - 0.004, 0.023192892717727825 + 0.004);
        Assert.Equal(asymptotic with { PValue = permuted.PValue }, permuted);
    }

    [Fact]
    public void Tests_DegenerateTables_SayNothing()
    {
        Assert.Equal(PValue.One, ChiSquareHomogeneity.Asymptotic(new(2, [3, 0, 5, 0])).PValue);
        Assert.Equal(PValue.One, ChiSquareHomogeneity.Permutation(new(2, [3, 0, 5, 0]), 19, 1).PValue);
        Assert.Equal(PValue.One, ChiSquareHomogeneity.Asymptotic(new(1, [0])).PValue);
        Assert.Equal(0, ChiSquareHomogeneity.Asymptotic(new(2, [3, 0, 5, 0])).CramersV);
        Assert.Equal(1, ChiSquareHomogeneity.Asymptotic(new(2, [7, 0, 0, 5])).CramersV, 1e-12);
    }

    [Fact]
    public void ContingencyTable_KnownCells_HasTheirTotals()
    {
        Assert.Equal(2, Known.Rows);
        Assert.Equal(25, Known.Total);
        Assert.Equal([12, 13], Known.RowTotals.ToArray());
        Assert.Equal([10, 8, 7], Known.ColumnTotals.ToArray());
        Assert.Equal(5, Known[1, 1]);
        Assert.Throws<ArgumentOutOfRangeException>(() => Known[0, 3]);
        Assert.Throws<ArgumentOutOfRangeException>(() => Known[2, 0]);
        Assert.Throws<ArgumentException>(() => new ContingencyTable(2, [1, 2, 3]));
        Assert.Throws<ArgumentException>(() => new ContingencyTable(2, []));
        Assert.Throws<ArgumentOutOfRangeException>(() => new ContingencyTable(2, [1, -2]));
        Assert.Throws<ArgumentOutOfRangeException>(() => ChiSquareHomogeneity.Permutation(new(2, [20_000_000, 1]), 9, 1));
    }

    [Fact]
    public void PValues_UnderTheNull_AreSuperUniform()
    {
        NullCalibration.AssertSuperUniform(201, (ref g) => Permuted(Draw(ref g, 6, 0.3), 39, g.NextUInt64()));
        NullCalibration.AssertSuperUniform(202, (ref g) => TwoByTwo(ref g, 0.4));
    }

    [Fact]
    public void PValues_PlantedEffect_AreSmall()
    {
        NullCalibration.AssertDetects(203, (ref g) => Permuted(Draw(ref g, 30, 0.95), 199, g.NextUInt64()), 0.01, 0.9);
        NullCalibration.AssertDetects(204, (ref g) => TwoByTwo(ref g, 0.95), 0.01, 0.9);
        NullCalibration.AssertDetects(205, (ref g) => ChiSquareHomogeneity.Asymptotic(Draw(ref g, 30, 0.95)).PValue, 0.01, 0.9);
    }

    /// <summary>Large expected counts: the limit is close to the level, if not below it.</summary>
    [Fact]
    public void Asymptotic_LargeTablesUnderTheNull_IsCloseToTheLevel()
    {
        var generator = new SeededGenerator(206);
        var rejected = 0;
        for (var i = 0; i < NullCalibration.Nulls; i++)
        {
            rejected += ChiSquareHomogeneity.Asymptotic(Draw(ref generator, 60, 0.3)).PValue.Rejects(0.05) ? 1 : 0;
        }

        Assert.InRange(rejected / (double)NullCalibration.Nulls, 0.04, 0.06);
    }

    private static PValue Permuted(ContingencyTable table, int draws, ulong seed) =>
        ChiSquareHomogeneity.Permutation(table, draws, seed).PValue;

    /// <summary>Three groups with three categories; the last group's first category has the share given, the others 0.3.</summary>
    private static ContingencyTable Draw(ref SeededGenerator generator, int members, double lastShare)
    {
        var cells = new long[9];
        for (var i = 0; i < 3 * members; i++)
        {
            var share = i % 3 == 2 ? lastShare : 0.3;
            var column = generator.Bernoulli(share) ? 0 : 1 + generator.Next(2);
            cells[i % 3 * 3 + column]++;
        }

        return new(3, cells);
    }

    /// <summary>Fisher's exact test: successes of the first of two groups of 25, given all successes.</summary>
    private static PValue TwoByTwo(ref SeededGenerator generator, double firstShare)
    {
        var (first, second) = (generator.Binomial(25, firstShare), generator.Binomial(25, 0.4));
        return HypergeometricTail.AtLeast(first, 50, first + second, 25);
    }
}
