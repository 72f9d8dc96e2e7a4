using Stillwatch.Campaigns.Evidence;
using Stillwatch.Statistics;
using Stillwatch.Tests.Statistics;

namespace Stillwatch.Tests.Campaigns.Evidence;

/// <summary>Members drawn like the reference accounts are as equal as chance has it; workers of one queue are more equal.</summary>
public sealed class LoadBalanceTestTests
{
    /// <summary>Members, reference accounts, spread of the logarithm of their loads.</summary>
    public static TheoryData<int, int, double> Populations => new()
    {
        { 4, 12, 1 },
        { 8, 24, 1.5 },
        { 20, 60, 1 },
        { 30, 90, 0.2 },
        { 12, 400, 2 },
        { 60, 600, 1 },
    };

    [Theory]
    [MemberData(nameof(Populations))]
    public void Test_MembersLikeTheOthers_IsCalibrated(int members, int reference, double spread)
    {
        var seed = (ulong)(members + reference);
        EvidenceCalibration.AssertKept(
            seed, 4_000, (ref g) => Chance(ref g, members, reference, spread, spread), EvidenceCalibration.Root);
    }

    /// <summary>A third of the accounts tried the service once or twice, so that loads are tied.</summary>
    [Fact]
    public void Test_TiedLoads_IsCalibrated() =>
        NullCalibration.AssertSuperUniform(3, static (ref g) =>
        {
            var (loads, others) = (new double[10], new double[40]);
            Fill(loads, ref g);
            Fill(others, ref g);
            return LoadBalanceTest.Test(loads, others, g.NextUInt64())!.Chance;

            static void Fill(double[] values, ref SeededGenerator g)
            {
                for (var i = 0; i < values.Length; i++)
                {
                    values[i] = g.Bernoulli(0.35) ? 1 + g.Next(2) : 1 + g.Poisson(20);
                }
            }
        }, 10_000);

    [Fact]
    public void Test_WorkDealtOutEvenly_IsDetected() =>
        NullCalibration.AssertDetects(4, static (ref g) => Chance(ref g, 20, 200, 0.1, 1), 0.01, 0.99);

    [Fact]
    public void Test_TooFewReferenceAccounts_IsNotMade()
    {
        Assert.Null(LoadBalanceTest.Test([1, 2, 3], [1, 2, 3, 4, 5, 6, 7, 8, 9, 10], 1));
        Assert.Null(LoadBalanceTest.Test([1, 2, 3, 4], [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11], 1));
    }

    private static PValue Chance(ref SeededGenerator g, int members, int reference, double spread, double referenceSpread) =>
        LoadBalanceTest.Test(Loads(ref g, members, spread), Loads(ref g, reference, referenceSpread), g.NextUInt64())!.Chance;

    private static double[] Loads(ref SeededGenerator g, int count, double spread) =>
        Array.ConvertAll(g.Normals(count, 3 / spread), value => Math.Ceiling(Math.Exp(value * spread)));
}
