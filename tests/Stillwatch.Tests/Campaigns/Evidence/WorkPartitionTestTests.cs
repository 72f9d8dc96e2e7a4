using Stillwatch.Campaigns.Evidence;
using Stillwatch.Sketching;
using Stillwatch.Statistics;
using Stillwatch.Tests.Statistics;

namespace Stillwatch.Tests.Campaigns.Evidence;

/// <summary>Members who draw from one common list are not taken for workers who divide one.</summary>
public sealed class WorkPartitionTestTests
{
    private const int Longest = WorkPartitionTest.LongestCommonList;

    /// <summary>Lists by length and popularity of their items, members and prompts of each, groups simulated.</summary>
    public static TheoryData<int, double, int, int, int> CommonLists => new()
    {
        { Longest, 0, 12, 20, 10_000 },
        { Longest, 0, 40, 50, 2_000 },
        { Longest, 0.5, 12, 20, 10_000 },
        { Longest, 0.8, 30, 30, 2_000 },
        { Longest, 1, 12, 20, 10_000 },
        { Longest, 1.3, 12, 20, 4_000 },
        { 5_000, 0, 12, 12, 10_000 },
        { 500, 0.6, 8, 10, 10_000 },
        { 20, 0, 30, 16, 2_000 },
    };

    [Theory]
    [MemberData(nameof(CommonLists))]
    public void Test_DrawsFromACommonList_IsCalibrated(int list, double exponent, int members, int prompts, int nulls)
    {
        var law = new ZipfLaw(list, exponent);
        var seed = (ulong)(list + members);
        AssertCalibrated(seed, nulls, (ref generator) => SimulatedGroup.OfPrompts(
            SimulatedGroup.Sizes(members, prompts), (_, _, ref draws) => (ulong)law.Draw(ref draws), ref generator));
    }

    [Fact]
    public void Test_MembersOfVeryDifferentDiligence_IsCalibrated() =>
        AssertCalibrated(3, 4_000, static (ref generator) =>
        {
            var sizes = new int[20];
            for (var member = 0; member < sizes.Length; member++)
            {
                sizes[member] = 1 + (int)(63 * Math.Pow(generator.NextDouble(), 3));
            }

            return SimulatedGroup.OfPrompts(sizes, static (_, _, ref draws) => (ulong)draws.Next(Longest), ref generator);
        });

    /// <summary>A test set is run in order: some give up early, some keep a random sample of what they ran.</summary>
    [Theory]
    [InlineData(200)]
    [InlineData(2_000)]
    public void Test_BenchmarkInOrder_IsNotTakenForDividedWork(int list) =>
        AssertCalibrated((ulong)list, 2_000, (ref generator) =>
        {
            var reached = new int[12];
            for (var member = 0; member < reached.Length; member++)
            {
                reached[member] = (list / 4) + generator.Next(list - (list / 4));
            }

            return SimulatedGroup.OfPrompts(
                SimulatedGroup.Sizes(12, 40), (member, _, ref draws) => (ulong)draws.Next(reached[member]), ref generator);
        });

    /// <summary>
    /// Lists longer than the longest that is considered: whoever takes much of one shows the same items as the others, because all samples
    /// are drawn by one order. List, popularity, members, items that a member takes (some, of popular lists, many times), groups.
    /// </summary>
    [Theory]
    [InlineData(14_000, 0, 12, 600, 1_000)]
    [InlineData(14_000, 0, 30, 200, 500)]
    [InlineData(100_000, 0, 12, 5_000, 100)]
    [InlineData(100_000, 1, 12, 2_000, 200)]
    [InlineData(Longest, 1.3, 12, 1_000, 500)]
    [InlineData(Longest, 0, 12, 400, 500)]
    public void Test_MuchOfALongList_IsNotTakenForDividedWork(int list, double exponent, int members, int taken, int nulls)
    {
        var law = new ZipfLaw(list, exponent);
        AssertCalibrated((ulong)(list + taken), nulls, (ref generator) =>
        {
            var salt = generator.NextUInt64();
            var samples = new ulong[members][];
            for (var member = 0; member < members; member++)
            {
                var items = new HashSet<ulong>();
                for (var i = 0; i < taken; i++)
                {
                    items.Add((ulong)law.Draw(ref generator));
                }

                samples[member] = [.. items.OrderBy(item => XxHash64.Avalanche(item ^ salt)).Take(40)];
            }

            return SimulatedGroup.OfPrompts(
                [.. samples.Select(static sample => sample.Length)], (member, index, ref _) => samples[member][index], ref generator);
        });
    }

    /// <summary>Each member draws without returning what it drew, as one who samples a test set does.</summary>
    [Fact]
    public void Test_SamplesOfTheListWithoutRepetition_IsCalibrated() =>
        AssertCalibrated(4, 4_000, static (ref generator) =>
        {
            var drawn = new HashSet<(int, ulong)>();
            return SimulatedGroup.OfPrompts(
                SimulatedGroup.Sizes(12, 30),
                (member, _, ref draws) =>
                {
                    var prompt = (ulong)draws.Next(Longest);
                    while (!drawn.Add((member, prompt)))
                    {
                        prompt = (ulong)draws.Next(Longest);
                    }

                    return prompt;
                },
                ref generator);
        });

    [Theory]
    [InlineData(25, 30, 1e-3)]
    [InlineData(12, 40, 1e-2)]
    public void Test_WorkDealtOut_IsDetected(int members, int prompts, double level) =>
        NullCalibration.AssertDetects(5, (ref generator) => WorkPartitionTest.Test(SimulatedGroup.OfPrompts(
            SimulatedGroup.Sizes(members, prompts),
            (member, index, ref draws) => (ulong)((member * prompts) + index), ref generator)).Common, level, 0.999);

    [Fact]
    public void Test_AccountsOfOneParty_DoNotCoincide()
    {
        var prompt = new PromptObservation(0, 77, 0, [1, 2, 3, 4], default);
        var partition = WorkPartitionTest.Test([new(0, 5, [prompt]), new(1, 5, [prompt, prompt]), new(2, 6, [prompt])]);
        Assert.Equal((2, 1L), (partition.Items, partition.Coincidences));
        Assert.Equal(1.0 / Longest, partition.Expected);
    }

    /// <summary>"Now write the tests" comes again and again in conversations about different things.</summary>
    [Fact]
    public void Test_CommonFollowUps_AreKnownByTheFirstPrompt()
    {
        var members = Enumerable.Range(0, 3).Select(static member => new MemberObservation(member, member, [
            .. Enumerable.Range(0, 4).Select(turn => new PromptObservation(turn, 77, (ulong)(900 + member), [1, 2, 3, 4], default)),
            new PromptObservation(9, (ulong)(500 + member), 0, [1, 2, 3, 4], default)])).ToList();
        var partition = WorkPartitionTest.Test(members);
        Assert.Equal((6, 0L), (partition.Items, partition.Coincidences));
        Assert.Equal(6.0 / Longest, partition.Expected);
    }

    /// <summary>Of every other conversation a first prompt was sampled, of the others a follow-up that everybody uses.</summary>
    [Fact]
    public void Test_ConversationsFromACommonList_IsCalibrated() =>
        AssertCalibrated(6, 4_000, static (ref generator) => SimulatedGroup.OfPrompts(
            SimulatedGroup.Sizes(20, 40), static (_, _, ref draws) => (ulong)draws.Next(Longest) + 1, ref generator)
            .ConvertAll(static member => member with
            {
                Prompts = [.. member.Prompts.Select(static (prompt, index) =>
                    index % 2 == 0 ? prompt : prompt with { Prompt = 5, Opening = prompt.Prompt })],
            }));

    /// <summary>What people choose from a popular list they begin themselves, and go on with as often as not.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void Test_BegunConversationsFromACommonList_IsCalibrated(double exponent)
    {
        var law = new ZipfLaw(Longest, exponent);
        AssertCalibrated(7, 4_000, (ref generator) => SimulatedGroup.OfPrompts(
            SimulatedGroup.Sizes(20, 30), (_, _, ref draws) => (ulong)law.Draw(ref draws) + 1, ref generator)
            .ConvertAll(static member => member with { Prompts = [.. member.Prompts.SelectMany(GoneOnWith)] }));

        static IEnumerable<PromptObservation> GoneOnWith(PromptObservation prompt, int index) =>
            index % 2 == 0 ? [prompt] : [prompt, prompt with { Prompt = 5, Opening = prompt.Prompt }];
    }

    /// <summary>Each conversation is begun by one member and carried on by two others, word for word what it was.</summary>
    [Fact]
    public void Test_ConversationsHandedOn_AreItemsOfWhoBeganThem()
    {
        var members = Enumerable.Range(0, 12).Select(static member => new MemberObservation(member, member, [
            .. Enumerable.Range(0, 20).Select(item => Turn((ulong)((member * 20) + item + 1), 0)),
            .. Enumerable.Range(0, 20).Select(item => Turn(7, (ulong)((((member + 1) % 12) * 20) + item + 1))),
            .. Enumerable.Range(0, 20).Select(item => Turn(8, (ulong)((((member + 2) % 12) * 20) + item + 1)))])).ToList();
        var partition = WorkPartitionTest.Test(members);
        Assert.Equal((240, 0L), (partition.Items, partition.Coincidences));

        static PromptObservation Turn(ulong prompt, ulong opening) => new(0, prompt, opening, [1, 2, 3, 4], default);
    }

    [Fact]
    public void Test_ShortPrompts_AreLeftOut()
    {
        var thanks = new PromptObservation(0, 77, 0, [1, 2, 3], default);
        Assert.Equal(new WorkPartition(0, 0, 0, PValue.One), WorkPartitionTest.Test([new(0, 0, [thanks]), new(1, 1, [thanks])]));
    }

    private static void AssertCalibrated(ulong seed, int nulls, NullCalibration.Draw<List<MemberObservation>> group) =>
        EvidenceCalibration.AssertKept(
            seed,
            nulls,
            (ref generator) => WorkPartitionTest.Test(group(ref generator)).Common,
            static p => new WorkPartition(0, 0, 0, p).Evidence);
}
