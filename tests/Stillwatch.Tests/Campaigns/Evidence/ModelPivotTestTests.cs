using Stillwatch.Campaigns.Evidence;
using Stillwatch.Profiles;
using Stillwatch.Statistics;
using Stillwatch.Tests.Statistics;

namespace Stillwatch.Tests.Campaigns.Evidence;

/// <summary>Members who take up a new model as readily as everybody else are no pivot.</summary>
public sealed class ModelPivotTestTests
{
    /// <summary>Members, other accounts, share of all accounts that move on the first day.</summary>
    public static TheoryData<int, int, double> Launches => new()
    {
        { 4, 20, 0.02 },
        { 60, 20, 0.02 },
        { 30, 300, 0.005 },
        { 30, 300, 0.1 },
        { 30, 300, 0.5 },
        { 12, 24, 0.5 },
        { 60, 30, 0.7 },
        { 30, 300, 0.9 },
        { 30, 300, 0.97 },
        { 60, 3_000, 0.99 },
        { 60, 3_000, 1 },
        { 60, 40, 1 },
    };

    [Theory]
    [MemberData(nameof(Launches))]
    public void Test_MembersMoveLikeEverybody_IsCalibrated(int members, int others, double share)
    {
        var seed = (ulong)(members + others + (int)(share * 1000));
        EvidenceCalibration.AssertKept(seed, 10_000, Draw, PToECalibrator.Mixture);

        PValue Draw(ref SeededGenerator g) => Chance(g.Binomial(members, share), members, g.Binomial(others, share), others);
    }

    /// <summary>Accounts of one tool move half as readily again as all accounts, which the test allows for.</summary>
    [Theory]
    [InlineData(0.02)]
    [InlineData(0.2)]
    [InlineData(0.6)]
    public void Test_MembersOfAnEagerTool_IsCalibrated(double share) =>
        NullCalibration.AssertSuperUniform(
            7, (ref g) => Chance(g.Binomial(40, 1.5 * share), 40, g.Binomial(2_000, share), 2_000), 10_000);

    [Fact]
    public void Test_AllMembersMoveAtOnce_IsDetected() =>
        NullCalibration.AssertDetects(8, static (ref g) => Chance(g.Binomial(20, 0.9), 20, g.Binomial(400, 0.2), 400), 1e-3, 0.99);

    [Fact]
    public void Test_TooFewThatCouldMove_IsNotMade()
    {
        Assert.Null(ModelPivotTest.Test((3, 3), (10, 500)));
        Assert.Null(ModelPivotTest.Test((4, 8), (10, 27)));
        Assert.NotNull(ModelPivotTest.Test((4, 8), (10, 28)));
    }

    [Fact]
    public void Count_OnlyAccountsActiveBeforeAndAfter_AreComparable()
    {
        const long Day = ModelPivotTest.WithinMs;
        var profiles = new AccountProfiles(
            [Life(1, 0, 9 * Day), Life(2, 0, 4 * Day), Life(3, 6 * Day, 9 * Day), Life(4, 0, 9 * Day), Life(5, 0, 9 * Day)], [], []);
        var release = new ModelRelease(7, 5 * Day, [6 * Day, 0, 6 * Day, (6 * Day) + 1, 0]);
        Assert.Equal((1, 3), ModelPivotTest.Count(release, profiles, [0, 1, 2, 3, 4]));
    }

    private static AccountProfile Life(ulong account, long first, long last) => new()
    {
        Account = account,
        Interactions = 5,
        FirstMs = first,
        LastMs = last,
    };

    private static PValue Chance(int moved, int members, int othersMoved, int others) =>
        ModelPivotTest.Test((moved, members), (moved + othersMoved, members + others))!.Value.Chance;
}
