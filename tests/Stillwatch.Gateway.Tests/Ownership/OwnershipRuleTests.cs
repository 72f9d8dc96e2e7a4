using Stillwatch.Gateway.Ownership;

namespace Stillwatch.Gateway.Tests.Ownership;

public sealed class OwnershipRuleTests
{
    private static readonly string[] People = ["L", "M", "N", "free"];

    /// <summary>Worked out by hand: who is marked under both thresholds where L, M and N are listed.</summary>
    public static TheoryData<string, string, OwnershipVerdict, OwnershipVerdict> Cases { get; } = new()
    {
        // Exactly half: enough for the one, not for the other.
        { "L 5000 X; free 5000 X", "X", OwnershipVerdict.Marked, OwnershipVerdict.Clear },
        { "L 5001 X; free 4999 X", "X", OwnershipVerdict.Marked, OwnershipVerdict.Marked },
        { "L 4999 X; free 5001 X", "X", OwnershipVerdict.Clear, OwnershipVerdict.Clear },

        // Small holders add up: 25 + 25, and 20 + 20 + 11.
        { "L 2500 X; M 2500 X; free 5000 X", "X", OwnershipVerdict.Marked, OwnershipVerdict.Clear },
        { "L 2000 X; M 2000 X; N 1100 X; free 4900 X", "X", OwnershipVerdict.Marked, OwnershipVerdict.Marked },

        // A company once marked counts with all it holds: a quarter of Y is behind L, and Y is marked all the same.
        { "L 5000 X; free 5000 X; X 5000 Y; free 5000 Y", "Y", OwnershipVerdict.Marked, OwnershipVerdict.Clear },
        { "L 6000 X; free 4000 X; X 6000 Y; free 4000 Y", "Y", OwnershipVerdict.Marked, OwnershipVerdict.Marked },

        // One below half in the middle stops the mark, however much it holds itself.
        { "L 4900 X; free 5100 X; X 10000 Y", "Y", OwnershipVerdict.Clear, OwnershipVerdict.Clear },

        // Two branches meet: each 25 of Z, both marked.
        { "L 10000 X; L 10000 Y; X 2500 Z; Y 2500 Z; free 5000 Z", "Z", OwnershipVerdict.Marked, OwnershipVerdict.Clear },

        // X and Y hold half of each other; L's 50 of X is enough to begin with, L's 40 is not.
        { "L 5000 X; Y 5000 X; X 5000 Y; free 5000 Y", "Y", OwnershipVerdict.Marked, OwnershipVerdict.Clear },
        { "L 4000 X; Y 6000 X; X 6000 Y; free 4000 Y", "X", OwnershipVerdict.Clear, OwnershipVerdict.Clear },

        // A company that holds all of itself through another marks nobody by that alone.
        { "Y 10000 X; X 10000 Y", "X", OwnershipVerdict.Clear, OwnershipVerdict.Clear },

        // Unknown shares that could make up half are for a person to find out, and pass on as such.
        { "L 3000 X; free 5000 X", "X", OwnershipVerdict.Unresolved, OwnershipVerdict.Clear },
        { "L 3000 X; free 4999 X", "X", OwnershipVerdict.Unresolved, OwnershipVerdict.Unresolved },
        { "L ? X; free 4000 X", "X", OwnershipVerdict.Unresolved, OwnershipVerdict.Unresolved },
        { "L ? X; free 7000 X; X 10000 Y", "Y", OwnershipVerdict.Clear, OwnershipVerdict.Clear },
        { "L ? X; free 4000 X; X 10000 Y", "Y", OwnershipVerdict.Unresolved, OwnershipVerdict.Unresolved },

        // A holder about whom nothing is known.
        { "shell 6000 X; free 4000 X", "X", OwnershipVerdict.Unresolved, OwnershipVerdict.Unresolved },
        { "shell 4000 X; free 6000 X", "X", OwnershipVerdict.Clear, OwnershipVerdict.Clear },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void Apply_WorkedOutByHand_IsAsWorkedOut(string holdings, string party, OwnershipVerdict half, OwnershipVerdict moreThanHalf)
    {
        var graph = Graph(holdings);
        Assert.Equal((half, moreThanHalf), (
            Find(graph, party, OwnershipThreshold.HalfOrMore).Verdict, Find(graph, party, OwnershipThreshold.MoreThanHalf).Verdict));
    }

    [Fact]
    public void Finding_GivesBothNumbersAndTheOwners()
    {
        var finding = Find(Graph("L 5000 X; free 5000 X; X 5000 Y; M 1000 Y; free 3500 Y"), "Y", OwnershipThreshold.HalfOrMore);
        Assert.Equal((6000, 500, 3500), (finding.MarkedBasisPoints, finding.UnknownBasisPoints, finding.LookThroughBasisPoints));
        Assert.Equal(["M", "X"], finding.Owners);
    }

    [Fact]
    public void LookThrough_OfACycle_IsTheSumOfAllChains()
    {
        // x = 0.4 + 0.5 y, y = 0.5 x: x = 8/15, y = 4/15.
        var graph = Graph("L 4000 X; Y 5000 X; X 5000 Y; free 5000 Y; free 1000 X");
        Assert.Equal(5333, Find(graph, "X", OwnershipThreshold.HalfOrMore).LookThroughBasisPoints);
        Assert.Equal(2666, Find(graph, "Y", OwnershipThreshold.HalfOrMore).LookThroughBasisPoints);
    }

    [Fact]
    public void Apply_RandomGraphs_AgreeWithRoundsAndAreMonotone()
    {
        for (var seed = 0; seed < 400; seed++)
        {
            var random = new Random(seed);
            var holdings = RandomHoldings(random);
            var graph = OwnershipGraph.Create(holdings, People);
            var few = People.Take(1 + random.Next(2)).ToHashSet();
            foreach (var threshold in Enum.GetValues<OwnershipThreshold>())
            {
                var marked = Marked(graph, few, threshold);
                Assert.True(marked.SetEquals(ByRounds(holdings, few, threshold)), $"seed {seed}");
                Assert.True(marked.IsSubsetOf(Marked(graph, People.ToHashSet(), threshold)), $"seed {seed}: more listed, fewer marked");
                Assert.True(marked.IsSubsetOf(Marked(WithMore(holdings, random), few, threshold)), $"seed {seed}: more held, fewer marked");
            }

            Assert.True(
                Marked(graph, few, OwnershipThreshold.MoreThanHalf).IsSubsetOf(Marked(graph, few, OwnershipThreshold.HalfOrMore)),
                    $"seed {seed}");
        }
    }

    [Fact]
    public void Apply_ALongChain_IsFollowedToItsEnd()
    {
        const int Links = 50_000;
        var holdings = Enumerable.Range(0, Links).Select(i => new Holding(i == 0 ? "L" : $"c{i - 1}", $"c{i}", 5100)).ToList();
        var marked = Marked(OwnershipGraph.Create(holdings, People), ["L"], OwnershipThreshold.MoreThanHalf);
        Assert.Equal(Links + 1, marked.Count);
    }

    [Fact]
    public void Create_ImpossibleHoldings_AreAllFound()
    {
        var faults = OwnershipGraph.Faults([new("A", "X", 10_001), new("A", "Y", -1), new("A", "Z", 6000), new("B", "Z", 4001)]);
        Assert.Equal(["A holds 10001", "A holds -1 hu", "10001 hundred", "10001 hundred"], faults.Select(fault => fault[..13]));
        Assert.Throws<ArgumentException>(() => OwnershipGraph.Create([new("A", "X", 10_001)], []));
    }

    private static OwnershipGraph Graph(string holdings) => OwnershipGraph.Create(
        [
            .. holdings.Split("; ").Select(text => text.Split(' '))
                .Select(parts => new Holding(parts[0], parts[2], parts[1] == "?" ? null : int.Parse(parts[1], null))),
        ],
        People);

    private static OwnershipFinding Find(OwnershipGraph graph, string party, OwnershipThreshold threshold) =>
        OwnershipRule.Apply(graph, new HashSet<string> { "L", "M", "N" }, threshold).Single(finding => finding.Party == party);

    private static HashSet<string> Marked(OwnershipGraph graph, HashSet<string> listed, OwnershipThreshold threshold) =>
    [
        .. OwnershipRule.Apply(graph, listed, threshold).Where(finding => finding.Verdict == OwnershipVerdict.Marked)
            .Select(finding => finding.Party),
    ];

    /// <summary>The rule as it is written down: again and again over everybody, until nobody is added.</summary>
    private static HashSet<string> ByRounds(List<Holding> holdings, HashSet<string> listed, OwnershipThreshold threshold)
    {
        var marked = listed.ToHashSet();
        while (true)
        {
            var more = holdings.Select(holding => holding.Owned).Distinct().Where(party => !marked.Contains(party)).Where(party =>
            {
                var held = holdings.Where(holding => holding.Owned == party
                    && marked.Contains(holding.Owner)).Sum(holding => holding.BasisPoints ?? 0);
                return threshold == OwnershipThreshold.HalfOrMore ? held * 2 >= 10_000 : held * 2 > 10_000;
            }).ToList();
            if (more.Count == 0)
            {
                return marked;
            }

            marked.UnionWith(more);
        }
    }

    private static List<Holding> RandomHoldings(Random random)
    {
        List<Holding> holdings = [];
        for (var company = 0; company < 12; company++)
        {
            for (var left = Holding.Whole; left > 0 && random.Next(5) > 0;)
            {
                var share = Math.Min(left, 500 * random.Next(1, 14));
                left -= share;
                var owner = random.Next(3) == 0 ? People[random.Next(4)] : $"c{random.Next(12)}";
                holdings.Add(new(owner, $"c{company}", random.Next(10) == 0 ? null : share));
            }
        }

        return holdings;
    }

    /// <summary>The first unknown share turns out to be the rest.</summary>
    private static OwnershipGraph WithMore(List<Holding> holdings, Random random)
    {
        var more = holdings.ToList();
        var at = more.FindIndex(holding => holding.BasisPoints is null);
        if (at >= 0)
        {
            var known = more.Where(holding => holding.Owned == more[at].Owned).Sum(holding => holding.BasisPoints ?? 0);
            more[at] = more[at] with { BasisPoints = random.Next(Holding.Whole - known + 1) };
        }

        return OwnershipGraph.Create(more, People);
    }
}
