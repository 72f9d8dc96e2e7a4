using System.Globalization;
using System.Text;
using Stillwatch.Campaigns;
using Stillwatch.Hunting;
using Stillwatch.Reporting;

namespace Stillwatch.Tests.Reporting;

public sealed class HuntTableTests
{
    [Fact]
    public void Write_OneCampaign_GivesTheGoldenText()
    {
        const string golden =
            """
            1 campaign found
            Looked at 20,000 interactions of 812 accounts, 2026-03-02 00:00 to
            2026-03-04 23:00 UTC.
            Found 1 campaign with 3 accounts: 2 to block, 1 to restrict.
            Accounts outside campaigns: 1 to review.
            1 input line was no interaction and was left out.

            Campaign c-5f1e
              accounts      3: 2 to block, 1 to restrict
              interactions  3,300, 17 % of the log
              seen          2026-03-02 02:00 to 2026-03-03 18:00 UTC
              models        m-large, m-small
              strength      1 in 10^17 by chance: at most so often do
                            independent accounts look this much like one
                            operator (log10 e-value 17.9)
              alerted       2026-03-02 12:00 UTC, after 660 interactions (20 %
                            of the campaign)
              why
                1 in 10^12    3 of 3 accounts pay with 1 payment instrument that
                              nobody else uses, which accounts of different
                              customers hardly ever do. [shared-payment]
                1 in 150      All moved to m-large within 9 hours. [model-pivot]
                not weighed   74 % of prompts ask for reasoning. [elicitation]
              accounts
                block       alpha  1,200 interactions, 2026-03-02 to 2026-03-03
                block       gamma  1,000 interactions, 2026-03-02 to 2026-03-03
                and 1 more

            Accounts outside campaigns
              review        loner (p = 0.0001): Its 4,120 prompts walk through
                            61 subjects in order. [systematic-content]

            """;
        Assert.Equal(golden, Text(SmallHunt.OneCampaign(), new() { Width = 68, AccountsPerCampaign = 2 }));
    }

    [Fact]
    public void Write_NoCampaign_SaysSoAndWhatWasLookedAt()
    {
        const string golden =
            """
            No campaign found
            Looked at 20,000 interactions of 800 accounts, 2026-03-02 00:00 to 2026-03-04 23:00 UTC.
            Found no campaign: no group of accounts looks like one operator more than independent accounts do by
            chance.
            Groups were sought among accounts that have something in common, as far as the log carries it:
            repeated phrases, system prompts, sets of tools, payment instruments, mail domains, addresses,
            networks, client set-ups. A group is a campaign only if, besides, its members divide one list of
            work.

            """;
        Assert.Equal(golden, Text(SmallHunt.Nothing(), new()));
    }

    [Fact]
    public void Write_EmptyLog_SaysThatThereWasNothing() =>
        Assert.Equal(
            "Nothing to look at\nLooked at 0 interactions of 0 accounts.\nThere was no interaction to look at.\n",
            Text(SmallHunt.Nothing(interactions: 0), new()));

    [Fact]
    public void Write_Coloured_IsTheSameTextWithAnsiSequences()
    {
        var result = new HuntResultBuilder(5).Build();
        var coloured = Text(result, new() { Colour = true });
        Assert.Contains("\e[1;31mblock", coloured, StringComparison.Ordinal);
        Assert.Contains("\e[1m2 campaigns found\e[0m", coloured, StringComparison.Ordinal);
        var plain = string.Join('\n', WithoutAnsi(coloured).Split('\n').Select(line => line.TrimEnd(' ')));
        Assert.Equal(Text(result, new()), plain);
    }

    [Theory]
    [InlineData(40)]
    [InlineData(57)]
    [InlineData(100)]
    [InlineData(1000)]
    public void Write_AnyWidth_NoLineIsLonger(int width)
    {
        var hostile = new HuntResultBuilder(3) { Names = HostileNames.All }.Build();
        foreach (var result in new[] { hostile, SmallHunt.OneCampaign(), SmallHunt.Nothing() })
        {
            var lines = Text(result, new() { Width = width, AccountsPerCampaign = 400 }).Split('\n');
            Assert.All(lines, line => Assert.InRange(DisplayWidth.Of(line), 0, width));
        }
    }

    [Fact]
    public void Write_HostileNames_LeavesNothingThatSteersATerminal()
    {
        var result = SmallHunt.OneCampaign([.. HostileNames.All]);
        var text = Text(result, new() { AccountsPerCampaign = 100, Width = 300 });
        Assert.DoesNotContain(text.EnumerateRunes(), rune => rune.Value != '\n' && Rune.GetUnicodeCategory(rune)
            is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator);
        Assert.Contains(@"\u{001B}[2J\u{001B}[31mgone", text, StringComparison.Ordinal);
        Assert.Contains(@"\u{202E}gnitset", text, StringComparison.Ordinal);
        Assert.Contains(@"first\u{000A}Campaign c-0 found", text, StringComparison.Ordinal);
        Assert.Single(text.Split('\n'), line => line.StartsWith("Campaign ", StringComparison.Ordinal));
    }

    [Fact]
    public void Write_MoreThanTheLimits_CountsTheRest()
    {
        var result = new HuntResultBuilder(4) { CampaignSizes = [60, 30, 20, 9], Outside = 12 }.Build();
        var text = Text(result, new() { Campaigns = 2, AccountsPerCampaign = 5, AccountsOutside = 7 });
        Assert.Contains("\n    and 55 more\n", text, StringComparison.Ordinal);
        Assert.Contains("\n    and 25 more\n", text, StringComparison.Ordinal);
        Assert.Contains("\n2 weaker campaigns with 29 accounts not told here.\n", text, StringComparison.Ordinal);
        Assert.EndsWith("\n  and 5 more\n", text, StringComparison.Ordinal);
    }

    /// <summary>Members of a campaign that is only to be reviewed carry its name in the campaign's list alone.</summary>
    [Fact]
    public void Write_CampaignToReview_ListsItsMembersInIt()
    {
        var result = SmallHunt.OneCampaign();
        var accounts = result.Findings.Accounts.Select(account => account with { Campaign = null, Verdict = Verdict.Review });
        var text = Text(result with { Findings = result.Findings with { Accounts = [.. accounts] } }, new());
        Assert.Contains(
            "\nFound 1 campaign with 3 accounts: 3 to review.\nAccounts outside campaigns: 1 to review.\n", text, StringComparison.Ordinal);
        Assert.Contains("\n  accounts      3: 3 to review\n", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Write_SeveralCampaigns_TellsTheStrongestFirst()
    {
        var built = new HuntResultBuilder(9) { CampaignSizes = [20, 20, 20] }.Build();
        var shuffled = built with { Findings = built.Findings with { Campaigns = [.. built.Findings.Campaigns.Reverse()] } };
        Assert.Equal(Text(built, new()), Text(shuffled, new()));
    }

    [Theory]
    [InlineData(0, TableOptions.MinWidth)]
    [InlineData(int.MaxValue, TableOptions.MaxWidth)]
    public void Write_WidthOutOfRange_TakesTheNearest(int width, int nearest) =>
        Assert.Equal(Text(SmallHunt.OneCampaign(), new() { Width = nearest }), Text(SmallHunt.OneCampaign(), new() { Width = width }));

    [Fact]
    public void Write_NegativeLimit_Throws() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Text(SmallHunt.Nothing(), new() { AccountsPerCampaign = -1 }));

    private static string Text(HuntResult result, TableOptions options)
    {
        var writer = new StringWriter();
        HuntTable.Write(result, writer, options);
        return writer.ToString();
    }

    private static string WithoutAnsi(string text)
    {
        var parts = text.Split('\e');
        return parts[0] + string.Concat(parts.Skip(1).Select(part => part[(part.IndexOf('m', StringComparison.Ordinal) + 1)..]));
    }
}
