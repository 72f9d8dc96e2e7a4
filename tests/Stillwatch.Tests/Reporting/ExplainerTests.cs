using System.Text;
using System.Text.Json;
using Stillwatch.Campaigns;
using Stillwatch.Campaigns.Reasons;
using Stillwatch.Reporting;

namespace Stillwatch.Tests.Reporting;

/// <summary>What is told of a campaign and of its accounts, in every format.</summary>
public sealed class ExplainerTests
{
    private static readonly Reason[] Reasons =
    [
        Reason(ReasonCodes.WorkPartition, 20, 6, Consequence.Clear),
        Reason(ReasonCodes.SharedPayment, 5, 4.5, Consequence.Restrict),
        Reason(ReasonCodes.CreationBurst, 2, 8.5, Consequence.Block),
        Reason(ReasonCodes.ModelPivot, 6, 3.9, Consequence.Clear),
        Reason(ReasonCodes.NarrowContent, 1, 9, Consequence.Block),
        new() { Code = ReasonCodes.SharedTemplate, Summary = "Members share 5 repeated phrases." },
        new() { Code = "of-another-program", Summary = "It looks odd.", Log10EValue = 1 },
    ];

    [Fact]
    public void Campaign_EveryReason_SaysWhatStandsWithoutIt()
    {
        var explanation = new Explainer(Findings()).Campaign("c-1")!;
        Assert.Equal(Consequence.Block, explanation.Verdict);
        Assert.Equal(
            [
                "Without it the campaign would not be reported, whatever else speaks for it: both tests of content are needed.",
                "Without it the campaign would still stand at 10^4.5 (10^4.2 was needed) and be reported; its members would be for "
                    + "restrict instead of block.",
                "Without it the campaign would still stand at 10^8.5 (10^4.2 was needed) and be reported.",
                "Without it the campaign would stand at 10^3.9 (10^4.2 was needed), and would not be reported.",
                "Without it the campaign would stand as it does, at 10^9.0.",
                "It weighs nothing: without it every figure would be the same. But it is how the group was found: without it, these "
                    + "accounts might never have been looked at together.",
                "The findings do not tell what would stand without it; hunt again to learn it.",
            ],
            explanation.CampaignReasons.Select(static reason => reason.Counterfactual));
        Assert.Contains("The campaign would not be reported without any one of these: work-partition, model-pivot.", explanation.Exits);
        Assert.Empty(explanation.AccountReasons);
    }

    [Fact]
    public void Account_OfACampaign_HasItsOwnReasonsAndTheCampaigns()
    {
        var explanation = new Explainer(Findings()).Account("a")!;
        Assert.Equal(Consequence.Block, explanation.Verdict);
        Assert.Equal("Without it the account would have no verdict.", Assert.Single(explanation.AccountReasons).Counterfactual);
        Assert.Equal(Reasons.Length, explanation.CampaignReasons.Count);
        Assert.Contains(explanation.Summary, static sentence => sentence.StartsWith("It shares 1.05 of what", StringComparison.Ordinal));
        Assert.Contains(explanation.Exits, static exit => exit.StartsWith("Sharing less than 0.75", StringComparison.Ordinal));
    }

    [Fact]
    public void Account_ThatItsContentConfirmed_WouldBeForReviewWithoutIt()
    {
        var explanation = new Explainer(Findings()).Account("b")!;
        Assert.Equal(Consequence.Restrict, explanation.Verdict);
        Assert.Equal(
            ["Without it the account would have no verdict.", "Without it the account would be for review by a person only."],
            explanation.AccountReasons.Select(static reason => reason.Counterfactual));
        Assert.Contains("Prompts of the account that show topics of its own would leave it for review only.", explanation.Exits);
    }

    [Fact]
    public void Account_NearACampaign_IsNotSaidToBelong()
    {
        var explanation = new Explainer(Findings()).Account("near")!;
        Assert.Equal((Consequence.Review, "c-1"), (explanation.Verdict, explanation.Campaign!.Id.Value));
        Assert.Contains(
            explanation.Summary, static sentence => sentence.StartsWith("It is near c-1, 3 accounts", StringComparison.Ordinal));
    }

    [Fact]
    public void Account_InACampaignWithoutAVerdict_IsClear()
    {
        var explanation = new Explainer(Findings()).Account("quiet")!;
        Assert.Equal((Consequence.Clear, null), (explanation.Verdict, explanation.Account));
        Assert.Equal("No verdict: nothing is advised against the account.", explanation.Summary[0]);
    }

    [Theory]
    [InlineData("c-2")]
    [InlineData("")]
    [InlineData("a ")]
    public void Name_ThatIsNotThere_IsNull(string name)
    {
        var explainer = new Explainer(Findings());
        Assert.Null(explainer.Campaign(name));
        Assert.Null(explainer.Account(name));
    }

    /// <summary>A file of a version that told no counterfactuals is explained as far as it goes.</summary>
    [Fact]
    public void Campaign_OfAnOldFile_SaysWhatIsNotTold()
    {
        var old = Findings();
        old = old with
        {
            Campaigns =
            [
                old.Campaigns[0] with
                {
                    Log10Level = null,
                    Log10Content = null,
                    Log10Corroboration = null,
                    Reasons = [new() { Code = ReasonCodes.SharedPayment, Summary = "They pay alike.", Log10EValue = 4 }],
                },
            ],
            Accounts = [new() { Account = new("a"), Campaign = new("c-1"), Verdict = Verdict.Block, Reasons = [] }],
        };
        var explanation = new Explainer(old).Campaign("c-1")!;
        Assert.Contains("do not tell", Assert.Single(explanation.CampaignReasons).Counterfactual, StringComparison.Ordinal);
        Assert.StartsWith("The campaign stands at 10^9.0: ", explanation.Summary[1], StringComparison.Ordinal);
        Assert.NotNull(new Explainer(old).Account("a"));
    }

    [Fact]
    public void Table_OfAnAccount_TellsEverythingWithinTheWidth()
    {
        var text = Table(new Explainer(Findings()).Account("a")!, 80);
        Assert.All(text.Split('\n'), static line => Assert.True(line.Length <= 80, line));
        Assert.StartsWith("Account a: block\nBlock: sure enough to stop serving the account.\n", text, StringComparison.Ordinal);
        string[] parts = ["strength", "figures", "without it", "test", "null hypothesis", "cannot mean", "to answer it", "MITRE ATLAS"];
        Assert.All(parts, part => Assert.Contains($"\n    {part}", text, StringComparison.Ordinal));
        Assert.Contains("Shared payment [shared-payment]", text, StringComparison.Ordinal);
        Assert.Contains("S6 shared payment methods", text, StringComparison.Ordinal);
        Assert.Contains("AML.T0021 Establish Accounts", text, StringComparison.Ordinal);
        Assert.Contains("Of another program [of-another-program]", text, StringComparison.Ordinal);
    }

    /// <summary>Names, sentences and codes that try to be more than text, in every format.</summary>
    [Fact]
    public void Formats_OfHostileNames_CarryNoMarkupAndNoControl()
    {
        foreach (var name in HostileNames.All)
        {
            var explanation = new Explainer(Hostile(name)).Account(name)!;
            var table = Table(explanation, 100);
            Assert.DoesNotContain(table, static c => char.IsControl(c) && c != '\n');
            Assert.DoesNotContain('\u202E', table);
            Assert.DoesNotContain('\u2028', table);
            var markdown = new StringWriter();
            ExplanationMarkdown.Write(explanation, markdown);
            Assert.DoesNotContain(markdown.ToString(), static c => char.IsControl(c) && c != '\n');
            Assert.All(markdown.ToString().Split('\n'), static line => Assert.True(IsPlain(line), line));
        }
    }

    [Fact]
    public async Task Json_OfAnAccount_IsOneObjectWithTheFigures()
    {
        var stream = new MemoryStream();
        await ExplanationJson.WriteAsync(stream, new Explainer(Findings()).Account("b")!, TestContext.Current.CancellationToken);
        using var json = JsonDocument.Parse(Encoding.UTF8.GetString(stream.ToArray()));
        var root = json.RootElement;
        Assert.Equal("stillwatch.explanation/1", root.GetProperty("schema").GetString());
        Assert.Equal(("account", "b", "restrict"), (Text("kind"), Text("subject"), Text("verdict")));
        Assert.Equal(0.6, root.GetProperty("score").GetDouble());
        Assert.Equal(4.2, root.GetProperty("campaign").GetProperty("log10_level").GetDouble());
        Assert.Equal("review", root.GetProperty("account_reasons")[1].GetProperty("verdict_without").GetString());
        var payment = root.GetProperty("campaign_reasons")[1];
        Assert.Equal(4.5, payment.GetProperty("log10_without").GetDouble());
        Assert.Equal("S6", payment.GetProperty("signals")[0].GetProperty("id").GetString());
        Assert.Equal("AML.T0021", payment.GetProperty("techniques")[0].GetProperty("id").GetString());

        string? Text(string member) => root.GetProperty(member).GetString();
    }

    /// <summary>Whether a line of Markdown has only the markup that its writer put there.</summary>
    private static bool IsPlain(string line)
    {
        var text = line.StartsWith("- **", StringComparison.Ordinal) ? line[(line.IndexOf("**: ", StringComparison.Ordinal) + 4)..]
            : line.TrimStart('#', '-', ' ');
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '\\')
            {
                i++;
            }
            else if ("`*_[]<>&#|{}~".Contains(text[i], StringComparison.Ordinal))
            {
                return false;
            }
        }

        return true;
    }

    private static string Table(Explanation explanation, int width)
    {
        var text = new StringWriter { NewLine = "\n" };
        ExplanationTable.Write(explanation, text, new TableOptions { Width = width });
        return text.ToString();
    }

    private static Findings Hostile(string name)
    {
        var findings = Findings();
        var id = new CampaignId(name[..Math.Min(name.Length, CampaignId.MaxLength)]);
        return findings with
        {
            Campaigns =
            [
                findings.Campaigns[0] with { Id = id, Reasons = [new() { Code = name, Summary = name, Log10EValue = 1 }, .. Reasons] },
            ],
            Accounts =
            [
                new()
                {
                    Account = new(name),
                    Campaign = id,
                    Verdict = Verdict.Block,
                    Reasons = [new() { Code = name, Summary = name, VerdictWithout = Consequence.Clear }],
                },
            ],
        };
    }

    private static Findings Findings() => new()
    {
        Interactions = 100,
        AccountsSeen = 9,
        Campaigns =
        [
            new()
            {
                Id = new("c-1"),
                Accounts = [new("a"), new("b"), new("quiet")],
                Interactions = 50,
                Log10EValue = 9,
                Log10Level = 4.2,
                Log10Content = 3,
                Log10Corroboration = 6,
                Reasons = Reasons,
            },
        ],
        Accounts =
        [
            Member("a", Verdict.Block, 1.05, ReasonCodes.CampaignMember),
            Member("b", Verdict.Restrict, 0.6, ReasonCodes.CampaignMember, ReasonCodes.ConfirmedContent),
            Member("near", Verdict.Review, 0.4, ReasonCodes.NearCampaign) with { Campaign = null, Near = new("c-1") },
        ],
    };

    private static AccountFinding Member(string name, Verdict verdict, double score, params string[] codes) => new()
    {
        Account = new(name),
        Campaign = new("c-1"),
        Verdict = verdict,
        PValue = 0.01,
        Score = score,
        ScoreNeeded = 0.75,
        Reasons =
        [
            .. codes.Select(static code => new Reason
            {
                Code = code,
                Summary = $"Because of {code}.",
                VerdictWithout = code == ReasonCodes.ConfirmedContent ? Consequence.Review : Consequence.Clear,
            }),
        ],
    };

    private static Reason Reason(string code, double log10, double without, Consequence verdict) => new()
    {
        Code = code,
        Summary = $"Because of {code}.",
        Log10EValue = log10,
        Log10Without = without,
        VerdictWithout = verdict,
    };
}
