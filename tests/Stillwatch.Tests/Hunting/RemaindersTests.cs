using Stillwatch.Campaigns;
using Stillwatch.Campaigns.Evidence;
using Stillwatch.Coordination;
using Stillwatch.Hunting;
using Stillwatch.Statistics;

namespace Stillwatch.Tests.Hunting;

/// <summary>Of a group that holds accounts of campaigns, the others are left.</summary>
public sealed class RemaindersTests
{
    private const int Accounts = 100;
    private const int MinParties = 8;

    [Fact]
    public void Of_GroupWithAccountsOfACampaign_IsTheOthersWithTheirScores()
    {
        var group = Group(0, 30) with { Nearby = [(41, 0.5), (60, 0.4)] };
        var rest = Assert.Single(EachAlone().Of([group], [Campaign([.. Enumerable.Range(20, 15)], 41)]));
        Assert.Equal(Enumerable.Range(0, 20), rest.Members);
        Assert.Equal(Enumerable.Range(0, 20).Select(static account => 1.0 + account), rest.Scores);
        Assert.Equal([(60, 0.4)], rest.Nearby);
        Assert.Equal((20, SharingView.Template), (rest.Parties, rest.View));
        Assert.Same(group.Core, rest.Core);
    }

    /// <summary>Two taken out are too few to have hidden the others, and so is one in eleven.</summary>
    [Theory]
    [InlineData(30, 2, 0)]
    [InlineData(30, 3, 1)]
    [InlineData(33, 3, 0)]
    [InlineData(12, 4, 1)]
    [InlineData(12, 5, 0)]
    [InlineData(12, 12, 0)]
    public void Of_FewTakenOrFewLeft_IsNoQuestion(int members, int taken, int expected) =>
        Assert.Equal(expected, EachAlone().Of([Group(0, members)], [Campaign([.. Enumerable.Range(0, taken)])]).Count);

    [Fact]
    public void Of_OneOrganizationIsLeft_IsNoQuestion()
    {
        int[] party = [.. Enumerable.Range(0, Accounts).Select(static account => account < 20 ? 0 : account)];
        var parties = new AccountParties(party, [.. party.Select(static it => (ulong)it)], Accounts);
        Assert.Empty(new Remainders(parties, MinParties).Of([Group(0, 30)], [Campaign([.. Enumerable.Range(20, 10)])]));
    }

    [Fact]
    public void Of_WhatWasGivenBefore_IsNotGivenAgain()
    {
        var remainders = EachAlone();
        var campaigns = new[] { Campaign([.. Enumerable.Range(20, 10)]) };
        var groups = new[] { Group(0, 30), Group(0, 25), Group(5, 25) };
        var first = remainders.Of(groups, campaigns);
        Assert.Equal([20, 15], first.Select(static rest => rest.Members.Count));
        Assert.Empty(remainders.Of([.. groups, .. first], campaigns));
        var more = remainders.Of([.. groups, .. first], [.. campaigns, Campaign([0, 1, 2, 3])]);
        Assert.Equal([16], more.Select(static rest => rest.Members.Count));
    }

    private static Remainders EachAlone()
    {
        int[] party = [.. Enumerable.Range(0, Accounts)];
        return new(new AccountParties(party, [.. party.Select(static it => (ulong)it)], Accounts), MinParties);
    }

    private static CandidateGroup Group(int first, int count) => new(
        SharingView.Template, [.. Enumerable.Range(first, count)], [.. Enumerable.Range(first, count).Select(static it => 1.0 + it)], [],
        count, []);

    private static JudgedCampaign Campaign(int[] members, params int[] nearby)
    {
        var observation = new GroupObservation(
            Group(members[0], members.Length), [], new(true, 0, 0, 0, 0), new(0, 0, 0, PValue.One), 1);
        var group = new ExaminedGroup(observation, [], EValue.FromLog10(5), EValue.One, EValue.FromLog10(5));
        return new([new CampaignPart(group, members, nearby, [], Verdict.Restrict)], [group], 4);
    }
}
