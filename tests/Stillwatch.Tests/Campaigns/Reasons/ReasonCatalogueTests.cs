using System.Reflection;
using System.Text.RegularExpressions;
using Stillwatch.Campaigns;
using Stillwatch.Campaigns.Evidence;
using Stillwatch.Campaigns.Indicators;
using Stillwatch.Campaigns.Reasons;
using Stillwatch.Coordination;
using Stillwatch.Hunting;
using Stillwatch.Profiles;
using Stillwatch.Reporting;
using Stillwatch.Sketching;
using Stillwatch.Statistics;
using Stillwatch.Tests.Coordination;

namespace Stillwatch.Tests.Campaigns.Reasons;

/// <summary>Every code that the product emits is in the catalogue, nothing else is, and the page is the catalogue.</summary>
public sealed partial class ReasonCatalogueTests
{
    private static readonly string[] Codes = [.. ReasonCatalogue.All.Select(static definition => definition.Code)];

    public static TheoryData<string> AllCodes => new(Codes);

    [Fact]
    public void Codes_OfTheCatalogue_AreTheNamedOnes() => Assert.Equal(
        typeof(ReasonCodes).GetFields(BindingFlags.Public | BindingFlags.Static).Select(static field => (string)field.GetValue(null)!)
            .Order(StringComparer.Ordinal),
        Codes.Order(StringComparer.Ordinal));

    /// <summary>Everything that makes a reason, called for all it distinguishes.</summary>
    [Fact]
    public void Codes_TheProductEmits_AreThoseOfTheCatalogue() => Assert.Equal(
        Evidence().Select(static finding => finding.Code).Concat(Memberships().Select(static reason => reason.Code))
            .Distinct().Order(StringComparer.Ordinal),
        Codes.Order(StringComparer.Ordinal));

    /// <summary>No code stands as a text of its own in what makes reasons.</summary>
    [Fact]
    public void Codes_InTheSourcesThatMakeReasons_AreNames()
    {
        var makers = new[] { "Campaigns/Evidence", "Campaigns", "Hunting" }
            .SelectMany(static folder => Directory.EnumerateFiles(Path.Combine(Root, "src", "Stillwatch", folder), "*.cs")).ToList();
        Assert.Contains(makers, static path => path.EndsWith("CampaignReasons.cs", StringComparison.Ordinal));
        Assert.All(makers, static path => Assert.All(
            Codes, code => Assert.DoesNotContain($"\"{code}\"", File.ReadAllText(path), StringComparison.Ordinal)));
    }

    [Theory]
    [MemberData(nameof(AllCodes))]
    public void Definition_OfEveryCode_IsComplete(string code)
    {
        var definition = ReasonCatalogue.Find(code)!;
        Assert.All(
            [definition.Title, definition.Meaning, definition.Test, definition.NullHypothesis, definition.CannotMean, definition.Answer],
            static text => Assert.True(text.Length >= 5 && text.Trim() == text && !text.Contains("  ", StringComparison.Ordinal), text));
        Assert.All(
            [definition.Meaning, definition.Test, definition.NullHypothesis, definition.CannotMean, definition.Answer],
            static text => Assert.EndsWith(".", text, StringComparison.Ordinal));
        Assert.NotEmpty(definition.Signals);
        Assert.All(definition.Techniques, static technique => Assert.Contains(technique, AtlasTechniques.All));
        Assert.Matches(Shape(), code);
    }

    [Fact]
    public void Signals_AreNumberedFromOne_AndAllButOneAreAnswered()
    {
        Assert.Equal(Enumerable.Range(1, 23).Select(static number => $"S{number}"), ProviderSignals.All.Select(static signal => signal.Id));
        var answered = ReasonCatalogue.All.SelectMany(static definition => definition.Signals).ToHashSet();
        Assert.Equal(["S19"], ProviderSignals.All.Where(signal => !answered.Contains(signal)).Select(static signal => signal.Id));
    }

    [Fact]
    public void Find_UnknownCode_IsNull() => Assert.Null(ReasonCatalogue.Find("systematic-content"));

    /// <summary>After a change of the catalogue: <c>./stillwatch reasons --out docs/reasons.md</c>.</summary>
    [Fact]
    public void Document_InTheRepository_IsTheCatalogue()
    {
        var written = new StringWriter { NewLine = "\n" };
        ReasonCatalogueDocument.Write(written);
        Assert.Equal(written.ToString(), File.ReadAllText(Path.Combine(Root, "docs", "reasons.md")));
    }

    private static IEnumerable<EvidenceFinding> Evidence()
    {
        var content = new ContentExchangeability(true, 10, 9, 0.1, 0.1);
        yield return ContentReasons.Interchangeable(content, new InterchangeabilityNull(), EValue.One);
        yield return ContentReasons.Partition(new(10, 0, 1, PValue.One), EValue.One);
        yield return ContentReasons.Narrow(content, PValue.One, EValue.One);
        yield return ActivityReasons.Balance([1, 2, 3, 4], new(0.1, 0, PValue.One), PValue.One, EValue.One);
        yield return ActivityReasons.Hours(new(0.5, 0, PValue.One), PValue.One, EValue.One);
        yield return LifecycleReasons.Pivot(1, 2, 0.5, EValue.One);
        yield return LifecycleReasons.Burst(new(1, 2, new(1, 0.5)), PValue.One, EValue.One);
        yield return LifecycleReasons.Replacement(new(1, 2, 3, 4, PValue.One), EValue.One);
        foreach (var kind in Enum.GetValues<Elicitation>().Where(static kind => kind != Elicitation.None))
        {
            yield return ContentReasons.Elicits(kind, 0.9, EValue.One);
        }

        foreach (var kind in Enum.GetValues<SharedValueKind>())
        {
            yield return SharingReasons.Of(EvidenceKind.SharedTemplate, new(kind, 2, 3, [1], new(1, 0.1)), PValue.One, EValue.One);
            Assert.Equal(SharingReasons.Code(kind), SharingReasons.Found(kind, 1, 1).Code);
        }
    }

    private static IEnumerable<Reason> Memberships()
    {
        var sightings = new SightingSet(40).Share(Enumerable.Range(0, 20), 1, 8, 1);
        var graph = sightings.Build();
        var population = new Population(new AccountProfiles([], [], []), sightings.Parties, graph, graph, []);
        var group = new CandidateGroup(SharingView.Template, [.. Enumerable.Range(0, 20)], [], [new CoreValue(0, 20, 1)], 20, []);
        var examined = ExaminedGroup.Of(
            new(group, [], new(true, 0, 0, 0, 0), new(0, 0, 0, PValue.One), 1), [], CombinedEvidence.None);
        var part = new CampaignPart(examined, [0, 1, 2], [], [], Verdict.Restrict);
        var campaign = new JudgedCampaign([part, part], [examined], 3);
        var id = new CampaignId("campaign-1");
        return
        [
            .. CampaignReasons.Of(campaign, population, new()),
            .. CampaignReasons.Membership(id, part, new(0, Verdict.Review, 0, 0.6, false, false), population),
            .. CampaignReasons.Membership(id, part, new(0, Verdict.Restrict, 1, 0.6, true, false), population),
            .. CampaignReasons.Membership(id, part, new(0, Verdict.Restrict, 0, 0.2, true, true), population),
            IndicatorReferrals.Reason([new PartnerIndicator("indicator-1", ["lab"], DateTimeOffset.UnixEpoch, null, [])], null),
        ];
    }

    private static string Root { get; } = FindRoot();

    private static string FindRoot()
    {
        var directory = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(directory.FullName, "Stillwatch.slnx")))
        {
            directory = directory.Parent ?? throw new DirectoryNotFoundException("No Stillwatch.slnx above the tests.");
        }

        return directory.FullName;
    }

    [GeneratedRegex("^[a-z]+(-[a-z]+)*$")]
    private static partial Regex Shape();
}
