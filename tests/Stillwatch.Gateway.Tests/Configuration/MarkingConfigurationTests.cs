using Stillwatch.Gateway.Configuration;
using Stillwatch.Gateway.Identity;
using Stillwatch.Gateway.Marking;
using Stillwatch.Gateway.Responses;

namespace Stillwatch.Gateway.Tests.Configuration;

/// <summary>Marks in the configuration: what is read, every fault at once, and whose key is whose.</summary>
public sealed class MarkingConfigurationTests : IDisposable
{
    private const string Least = """
        listeners: [{address: "127.0.0.1:8080"}]
        keys: keys.json
        upstreams: {main: {url: "http://127.0.0.1:8000"}}
        models: [{name: m, upstream: main}]
        observation: {spool: spool, store: data}

        """;

    private const string Decisions = "decisions: {log: evidence, key: evidence.key}\n";

    private readonly ScratchFolder _folder = new();

    public MarkingConfigurationTests()
    {
        Directory.CreateDirectory(_folder.At("evidence"));
        Write("evidence.key", "key");
        Write("marks.secret", new string('a', 64));
        Write("frequent.json", "[5, 7, 11]");
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Marks_ThatAreRight_AreRead()
    {
        var (options, faults, files) = Parse(Decisions + """
            marks:
              secret: marks.secret
              tenant: us
              epoch: 3
              per: account
              exempt: [organisation/university]
              models:
                - {name: "gpt-*", way: bias, tokens: frequent.json, bias: 1.5, max_entries: 2}
                - {name: m, way: drafts, drafts: 8, width: 3}
            """);
        Assert.Empty(faults);
        var marks = options!.Marks!;
        Assert.Equal(("us", 3, MarkingParty.Account), (marks.Tenant, marks.Epoch, marks.Per));
        Assert.Equal([new(ResponseScopeKind.Organisation, "university")], marks.Exempt);
        Assert.Equal([5, 7, 11], marks.Models[0].Tokens);
        Assert.Equal((MarkingWay.Bias, 1.5, 2), (marks.Models[0].Way, marks.Models[0].Bias, marks.Models[0].MaxEntries));
        Assert.Equal((MarkingWay.Drafts, 8, 3), (marks.Models[1].Way, marks.Models[1].Drafts, marks.Models[1].Width));
        Assert.True(marks.Models[0].Matches("gpt-oss") && !marks.Models[0].Matches("gp") && !marks.Models[1].Matches("mm"));
        Assert.Contains(_folder.At("marks.secret"), files);
        Assert.Null(Parse("").Options!.Marks);
    }

    [Fact]
    public void Marks_ThatAreWrong_AreFaults()
    {
        Write("broken.json", "[1, 1]");
        var faults = Parse("""
            marks:
              secret: absent.secret
              epoch: -1
              per: planet
              exempt: [model/m]
              models:
                - {name: m, way: magic}
                - {name: m, way: bias, tokens: broken.json, bias: 21, max_entries: 0}
                - {name: m, way: bias}
                - {name: m, way: drafts, drafts: 1, width: 0, tokens: frequent.json}
            """).Faults.Select(static fault => fault.Member).ToHashSet();
        foreach (var member in new[]
        {
            "marks.secret", "marks.epoch", "marks.per", "marks.exempt[0]", "marks.models[0].way", "marks.models[1].tokens",
            "marks.models[1].bias", "marks.models[1].max_entries", "marks.models[2].tokens", "marks.models[3].drafts",
            "marks.models[3].width", "marks.models[3].tokens",
        })
        {
            Assert.Contains(member, faults);
        }

        Assert.Contains(Parse(Decisions + "marks: {secret: marks.secret}").Faults, static fault => fault.Member == "marks.models");
        Assert.Contains(
            Parse("marks: {secret: marks.secret, models: [{name: m, way: drafts}]}").Faults,
            static fault => fault.Message.Contains("decisions", StringComparison.Ordinal));
    }

    [Fact]
    public void Secret_ThatOthersMayRead_IsAFault()
    {
        File.SetUnixFileMode(_folder.At("marks.secret"), UnixFileMode.UserRead | UnixFileMode.GroupRead);
        var fault = Assert.Single(Parse(Decisions + "marks: {secret: marks.secret, models: [{name: m, way: drafts}]}").Faults);
        Assert.Contains("chmod 600", fault.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("aaaa", fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(MarkingParty.Organisation, "acme", "organisation/acme")]
    [InlineData(MarkingParty.Organisation, null, "account/alice")]
    [InlineData(MarkingParty.Account, "acme", "account/alice")]
    [InlineData(MarkingParty.Everyone, "acme", "everyone")]
    public void Cohort_OfAKey_IsItsParty(MarkingParty per, string? organisation, string cohort) => Assert.Equal(
        cohort, OutputMarks.CohortOf(new GatewayKey { Id = "1", Account = "alice", Organization = organisation, Tier = "standard" }, per));

    private ConfigurationResult Parse(string further) => ConfigurationFile.Parse(Least + further, _folder.At("stillwatch.yaml"));

    private void Write(string file, string text)
    {
        File.WriteAllText(_folder.At(file), text);
        File.SetUnixFileMode(_folder.At(file), UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }
}
