using Stillwatch.Campaigns.Evidence;
using Stillwatch.Coordination;
using Stillwatch.Hunting;
using Stillwatch.Statistics;

namespace Stillwatch.Tests.Hunting;

/// <summary>
/// Accounts 0 to 19 use the values A and B, 20 to 39 only A, 40 to 59 only C; all three are typical of their group. Nobody else uses them.
/// </summary>
public sealed class DoubtfulMembersTests
{
    private const int Population = 1000;
    private const int Members = 60;

    private static readonly SharingGraph Graph = Build();

    /// <summary>Too few of sixty for the group to be mixed: only four of those who use C alone were seen enough to be tested.</summary>
    [Fact]
    public void Of_ThoseWhoUseOneOrdinaryValueAlone_AreAllOfThem()
    {
        var doubtful = Of(member => member is < 44, member => member < 40);
        Assert.Equal(Enumerable.Range(40, 20), doubtful.Order());
    }

    [Fact]
    public void Of_ACampaignsMembers_IsNobody()
    {
        Assert.Empty(Of(static _ => true, static _ => true));

        // One in ten of them is left out by the level of the test.
        Assert.Empty(Of(static _ => true, static member => member % 10 != 0));
        Assert.Empty(Of(static member => member < 40, static _ => true));
    }

    [Fact]
    public void Of_OneWhoAloneWasTested_IsNotEnough()
    {
        Assert.Empty(Of(static member => member < 41, static member => member < 40));
        Assert.Equal(20, Of(static member => member < 42, static member => member < 40).Count);
    }

    [Fact]
    public void Of_AMixedGroup_IsEverybody() =>
        Assert.Equal(Members, Of(static _ => true, static _ => true, interchangeable: 40).Count);

    [Fact]
    public void Of_ThoseWhoShareLittle_IsTheFringe() =>
        Assert.Equal([7], Of(static _ => true, static _ => true, scoreOf: static member => member == 7 ? 0.74 : 1));

    /// <summary>Who uses two typical values is not doubted for what others do who use one of them alone.</summary>
    [Fact]
    public void Of_ThoseWhoShareMore_AreNotDoubtedForWhoSharesLess()
    {
        var doubtful = Of(static member => member is < 24 or >= 40, static member => member is < 20 or >= 40);
        Assert.Equal(Enumerable.Range(20, 20), doubtful.Order());
    }

    [Fact]
    public void Of_AGroupWithOneTypicalValue_IsDoubtedAsAWholeOrNotAtAll()
    {
        var only = Observation(static _ => true, static member => member < 40, 58, static _ => 1);
        var group = only.Group with { Core = [only.Group.Core[0]] };
        Assert.Empty(DoubtfulMembers.Of(only with { Group = group }, Graph));
    }

    private static HashSet<int> Of(
        Func<int, bool> isTested, Func<int, bool> isInterchangeable, int interchangeable = 58, Func<int, double>? scoreOf = null) =>
        DoubtfulMembers.Of(Observation(isTested, isInterchangeable, interchangeable, scoreOf ?? (static _ => 1)), Graph);

    private static GroupObservation Observation(
        Func<int, bool> isTested, Func<int, bool> isInterchangeable, int interchangeable, Func<int, double> scoreOf)
    {
        var members = Enumerable.Range(0, Members).ToList();
        var core = Enumerable.Range(0, Graph.ValueCount).Select(static value => new CoreValue(value, 20, 0.4)).ToList();
        var group = new CandidateGroup(SharingView.Template, members, members.ConvertAll(scoreOf.Invoke), core, Members, []);
        return new(group, [], new(true, Members, interchangeable, 0, 0), new(0, 0, 0, PValue.One), 1)
        {
            Interchangeable = members.Where(isTested).ToDictionary(static member => member, isInterchangeable),
        };
    }

    private static SharingGraph Build()
    {
        int[] party = [.. Enumerable.Range(0, Population)];
        var builder = new SharingGraphBuilder(new(party, [.. party.Select(static it => (ulong)it + 1)], Population));
        for (var member = 0; member < Members; member++)
        {
            builder.Add(new(member, SharedValueKind.Phrase, member < 40 ? 1u : 3u, 1));
            if (member < 20)
            {
                builder.Add(new(member, SharedValueKind.Phrase, 2, 1));
            }
        }

        return builder.Build();
    }
}
