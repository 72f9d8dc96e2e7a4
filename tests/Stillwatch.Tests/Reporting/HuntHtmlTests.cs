using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Stillwatch.Campaigns;
using Stillwatch.Hunting;
using Stillwatch.Reporting;

namespace Stillwatch.Tests.Reporting;

public sealed partial class HuntHtmlTests
{
    private const int MaxBytes = 6_000_000;

    [Fact]
    public void Write_EqualResults_GivesEqualBytes() =>
        Assert.Equal(Bytes(new HuntResultBuilder(7).Build()), Bytes(new HuntResultBuilder(7).Build()));

    [Fact]
    public void Write_Policy_AllowsTheOwnScriptsAndStyleOnly()
    {
        var page = Page(SmallHunt.OneCampaign());
        var policy = PolicyPattern().Match(page).Groups["policy"].Value;
        Assert.StartsWith("default-src 'none'; ", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
        var scripts = ScriptPattern().Matches(page).Select(match => match.Groups["content"].Value).ToArray();
        var styles = StylePattern().Matches(page).Select(match => match.Groups["content"].Value).ToArray();
        Assert.Equal(2, scripts.Length);
        Assert.Single(styles);
        Assert.Contains($"script-src {Hash(scripts[0])} {Hash(scripts[1])};", policy, StringComparison.Ordinal);
        Assert.Contains($"style-src {Hash(styles[0])};", policy, StringComparison.Ordinal);
    }

    [Fact]
    public void Write_Page_RefersToNothingOutside()
    {
        var page = Page(new HuntResultBuilder(2).Build());
        var own = ScriptPattern().Replace(page, "");
        Assert.DoesNotMatch(@"(?i)\b(src|href|action|data|srcset|poster)\s*=\s*[""'](?!#)", own);
        Assert.DoesNotMatch(@"(?i)url\(|@import|<link|<iframe|<object|<embed|<base", own);
        Assert.DoesNotMatch(@"(?i)\son\w+\s*=|\sstyle\s*=|javascript:", own);
    }

    [Fact]
    public void Write_HostileNames_BreakOutOfNothing()
    {
        var names = HostileNames.All;
        var page = Page(Named(names, HostileSentence, HostileNames.All[1]));
        var tame = Page(Named([.. names.Select((_, i) => $"account-{i}")], "All pay alike.", "pay_77"));
        Assert.Equal(Count(tame, "<script"), Count(page, "<script"));
        Assert.Equal(Count(tame, "</script"), Count(page, "</script"));
        Assert.Equal(Count(tame, "<!--"), Count(page, "<!--"));
        Assert.Equal(Tags(tame), Tags(page));
        Assert.DoesNotContain(page.EnumerateRunes(), rune => rune.Value is 0x2028 or 0x2029 or 0x202E or 0x1B or 0);
        var members = Json(page).GetProperty("campaigns")[0].GetProperty("members").EnumerateArray().Select(row => row[0].GetString()!);
        Assert.Equal(names.Select(name => HarmlessText.Of(name)).Order(StringComparer.Ordinal), members.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Write_HostileTexts_AreEncodedInMarkup()
    {
        var page = Page(Named(HostileNames.All, HostileSentence, HostileNames.All[1]));
        Assert.Contains("&lt;img src=x onerror=&quot;window.broken=1&quot;&gt;", page, StringComparison.Ordinal);
        Assert.Contains(@"\u{202E}", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<img", ScriptPattern().Replace(page, ""), StringComparison.Ordinal);
    }

    [Fact]
    public void Write_OneCampaign_TellsWhatTheTableTells()
    {
        var page = Page(SmallHunt.OneCampaign());
        foreach (var told in new[]
        {
            "<h1 id=\"title\">1 campaign found</h1>", "Looked at 20,000 interactions of 812 accounts", "2 to block, 1 to restrict",
            "1 in 10<sup>17</sup>", "Shared payment", "3 of 3 accounts pay with 1 payment instrument", "not weighed", "m-large, m-small",
            "660 interactions (20 % of the campaign)", Findings.CurrentSchema, "pay_77", "loner", "1 input line was no interaction",
        })
        {
            Assert.Contains(told, page, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Write_OneCampaign_EmbedsTheFiguresOfTheCharts()
    {
        var data = Json(Page(SmallHunt.OneCampaign()));
        var campaign = data.GetProperty("campaigns")[0];
        Assert.Equal("[9000,8000,3000]", data.GetProperty("log").GetRawText());
        Assert.Equal("[1800,1500,0]", campaign.GetProperty("interactions").GetRawText());
        Assert.Equal("""["alpha",3,0.0004,0,1200,29540220,29540280,29542560]""", campaign.GetProperty("members")[0].GetRawText());
        Assert.Equal("""["Pays with the campaign\u0027s instrument."]""", data.GetProperty("reasons").GetRawText());
        Assert.Equal(3, campaign.GetProperty("nodes").GetArrayLength());
        var payment = campaign.GetProperty("values")[0].EnumerateArray().ToArray();
        Assert.Equal("pay_77", payment[3].GetString());
        Assert.Equal([0, 1, 2], payment[6..].Select(user => user.GetInt32()).Order());
    }

    [Fact]
    public void Write_NoCampaign_StillShowsTheLog()
    {
        var page = Page(SmallHunt.Nothing());
        Assert.Contains("<h1 id=\"title\">No campaign found</h1>", page, StringComparison.Ordinal);
        Assert.Contains("Groups were sought among", page, StringComparison.Ordinal);
        Assert.Contains("data-chart=\"log\"", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<article", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Write_EmptyLog_IsAPageToo() =>
        Assert.Contains("Nothing to look at", Page(SmallHunt.Nothing(interactions: 0)), StringComparison.Ordinal);

    [Fact]
    public void Write_CampaignOf25000Accounts_NamesAllWithinSixMegabytes()
    {
        var result = new HuntResultBuilder(6) { CampaignSizes = [25_000], Days = 60, BackgroundPerDay = 4_000_000 }.Build();
        var bytes = Bytes(result);
        TestContext.Current.TestOutputHelper?.WriteLine($"{bytes.Length:N0} bytes");
        Assert.InRange(bytes.Length, 1_000_000, MaxBytes);
        Assert.Equal(25_000, Json(Encoding.UTF8.GetString(bytes)).GetProperty("campaigns")[0].GetProperty("members").GetArrayLength());
    }

    [Fact]
    public void Write_WhateverIsFound_StaysWithinSixMegabytes()
    {
        var manyCampaigns = new HuntResultBuilder(8) { CampaignSizes = [.. Enumerable.Repeat(600, 300)], Outside = 3000 }.Build();
        var longNames = new HuntResultBuilder(8)
        {
            CampaignSizes = [8_000],
            Names = [.. Enumerable.Range(0, 8_000).Select(i => i.ToString("x8", CultureInfo.InvariantCulture) + new string('\u202E', 500))],
        }.Build();
        foreach (var result in new[] { manyCampaigns, longNames, Costly(manyCampaigns) })
        {
            var bytes = Bytes(result);
            TestContext.Current.TestOutputHelper?.WriteLine($"{bytes.Length:N0} bytes");
            Assert.InRange(bytes.Length, 1_000_000, MaxBytes);
            Assert.Contains("more; the findings file has all.", Encoding.UTF8.GetString(bytes), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task FindingsJson_OfARealisticResult_ReadsBackTheSame()
    {
        string[] names = [.. HostileNames.All.Where(name => !name.Any(char.IsSurrogate))];
        var findings = new HuntResultBuilder(1) { Names = names }.Build().Findings;
        var written = await WriteAsync(findings);
        var read = await FindingsJson.ReadAsync(new MemoryStream(written), "f.json", TestContext.Current.CancellationToken);
        Assert.Equal(written, await WriteAsync(read));
    }

    /// <summary>Every sentence and label as long and as costly to encode as the hunt may bring them.</summary>
    private static HuntResult Costly(HuntResult result)
    {
        var costly = string.Concat(Enumerable.Repeat("\"<&漢", 300));
        Reason[] reasons = [.. Enumerable.Repeat(new Reason { Code = costly, Summary = costly, Log10EValue = 9 }, 12)];
        return result with
        {
            Findings = result.Findings with
            {
                Campaigns = [.. result.Findings.Campaigns.Select(campaign => campaign with { Reasons = reasons })],
                Accounts = [.. result.Findings.Accounts.Select((account, i) => account with
                {
                    Reasons = [new() { Code = costly, Summary = string.Create(CultureInfo.InvariantCulture, $"{i}{costly}") }],
                })],
            },
        };
    }

    private static string HostileSentence => string.Join(' ', HostileNames.All.Take(12));

    private static HuntResult Named(IReadOnlyList<string> names, string sentence, string label)
    {
        var result = SmallHunt.OneCampaign([.. names]);
        var campaign = result.Findings.Campaigns[0];
        Reason[] reasons = [new() { Code = campaign.Reasons[0].Code, Summary = sentence, Log10EValue = 12 }, .. campaign.Reasons.Skip(1)];
        return result with
        {
            Findings = result.Findings with { Campaigns = [campaign with { Reasons = reasons, Models = [sentence] }] },
            Pictures = [result.Pictures[0] with { Values = [.. result.Pictures[0].Values.Select(value => value with { Label = label })] }],
        };
    }

    private static byte[] Bytes(HuntResult result)
    {
        using var stream = new MemoryStream();
        HuntHtml.Write(result, stream);
        return stream.ToArray();
    }

    private static string Page(HuntResult result) => Encoding.UTF8.GetString(Bytes(result));

    private static JsonElement Json(string page) => JsonDocument.Parse(DataPattern().Match(page).Groups["json"].Value).RootElement;

    private static string Hash(string content) => $"'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(content)))}'";

    private static int Count(string page, string part) => page.Split(part).Length - 1;

    /// <summary>The page's elements in order, without text, figures and drawing lengths.</summary>
    private static string Tags(string page) =>
        string.Join(' ', TagPattern().Matches(ScriptPattern().Replace(DataPattern().Replace(page, ""), "")).Select(tag => tag.Value));

    private static async Task<byte[]> WriteAsync(Findings findings)
    {
        using var stream = new MemoryStream();
        await FindingsJson.WriteAsync(stream, findings, TestContext.Current.CancellationToken);
        return stream.ToArray();
    }

    [GeneratedRegex("""<meta http-equiv="Content-Security-Policy" content="(?<policy>[^"]*)">""")]
    private static partial Regex PolicyPattern();

    [GeneratedRegex("<script>(?<content>.*?)</script>", RegexOptions.Singleline)]
    private static partial Regex ScriptPattern();

    [GeneratedRegex("<style>(?<content>.*?)</style>", RegexOptions.Singleline)]
    private static partial Regex StylePattern();

    [GeneratedRegex("""<script type="application/json" id="data">(?<json>.*?)</script>""", RegexOptions.Singleline)]
    private static partial Regex DataPattern();

    [GeneratedRegex("</?[a-zA-Z!][^\\s>/]*")]
    private static partial Regex TagPattern();
}
