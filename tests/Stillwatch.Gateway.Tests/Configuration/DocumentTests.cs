using System.Text.RegularExpressions;
using Stillwatch.Gateway.Configuration;
using Stillwatch.Gateway.Quotas;

namespace Stillwatch.Gateway.Tests.Configuration;

/// <summary>What docs/gateway.md says that a program can check.</summary>
public sealed partial class DocumentTests
{
    [Fact]
    public void Example_OfTheDocument_IsAConfiguration()
    {
        using var folder = new ScratchFolder();
        File.WriteAllText(folder.At("provider.key"), "secret");
        File.WriteAllText(folder.At("access.cedar"), "permit (principal, action, resource);");
        File.WriteAllText(folder.At("evidence.key"), "key");
        Directory.CreateDirectory(folder.At("evidence"));
        var (options, faults, _) = ConfigurationFile.Parse(Example().Match(Document()).Groups[1].Value, folder.At("stillwatch.yaml"));
        Assert.Empty(faults);
        Assert.Equal(2, options!.Upstreams.Count);
        Assert.Equal("eu", options.Models[0].Region);
        Assert.Equal(CredentialScheme.ApiKeyHeader, options.Upstreams["provider"].Scheme);
    }

    [Fact]
    public void Limits_OfTheirDocument_AreLimits()
    {
        const string Rest = """

            listeners: [{address: "127.0.0.1:8080"}]
            keys: keys.json
            upstreams: {main: {url: "http://127.0.0.1:8000"}}
            models: [{name: m, upstream: main}]
            observation: {spool: spool, store: data}
            """;
        var (options, faults, _) = ConfigurationFile.Parse(Example().Match(Document("quotas.md")).Groups[1].Value + Rest, "s.yaml");
        Assert.Empty(faults);
        var limits = options!.Quotas!.Limits.Limits;
        Assert.Equal(["requests", "tokens", "trial output", "budget", "streams", "capacity"], limits.Select(limit => limit.Name));
        Assert.Equal(
            (QuotaMeasure.TotalTokens, TimeSpan.FromMinutes(1), QuotaScope.Key | QuotaScope.Model),
            (limits[1].Measure, limits[1].Window, limits[1].Per));
        Assert.Equal(["T0"], limits[2].Match.Tiers);
        Assert.Equal((2_500_000_000, TimeSpan.FromDays(30)), (limits[3].Cap, limits[3].Window));
        Assert.Null(limits[4].Window);
    }

    /// <summary>The reader's own list of accepted members against the table: an unknown member makes it say the list.</summary>
    [Theory]
    [InlineData("listeners: [{x: 1}]", "listeners[0].x", "listeners[].")]
    [InlineData("upstreams: {a: {x: 1}}", "upstreams.a.x", "")]
    [InlineData("models: [{x: 1}]", "models[0].x", "")]
    [InlineData("pass_through: [{x: 1}]", "pass_through[0].x", "")]
    [InlineData("trusted_proxies: {x: 1}", "trusted_proxies.x", "trusted_proxies.")]
    [InlineData("networks: {x: 1}", "networks.x", "networks.")]
    [InlineData("tokens: [{x: 1}]", "tokens[0].x", "")]
    [InlineData("telemetry: {x: 1}", "telemetry.x", "telemetry.")]
    [InlineData("listeners: [{client_certificates: {x: 1}}]", "listeners[0].client_certificates.x", "")]
    [InlineData("limits: {x: 1}", "limits.x", "limits.")]
    [InlineData("quotas: {x: 1}", "quotas.x", "quotas.")]
    [InlineData("quotas: {limits: [{x: 1}]}", "quotas.limits[0].x", "")]
    [InlineData("policies: {x: 1}", "policies.x", "policies.")]
    [InlineData("decisions: {x: 1}", "decisions.x", "decisions.")]
    [InlineData("marks: {x: 1}", "marks.x", "marks.")]
    [InlineData("marks: {models: [{x: 1, way: bias}]}", "marks.models[0].x", "marks.models[].")]
    [InlineData("marks: {models: [{x: 1, way: drafts}]}", "marks.models[0].x", "marks.models[].")]
    [InlineData("organisations: {x: 1}", "organisations.x", "organisations.")]
    [InlineData("observation: {x: 1}", "observation.x", "")]
    [InlineData("x: 1", "x", "")]
    public void Members_ThatAreAccepted_AreAllInTheDocument(string text, string member, string prefix)
    {
        var fault = ConfigurationFile.Parse(text, "s.yaml").Faults.Single(fault => fault.Member == member).Message;
        var accepted = fault[(fault.IndexOf("accepted are ", StringComparison.Ordinal) + 13)..].TrimEnd('.').Split(", ");
        var table = Document()[Document().IndexOf("| member |", StringComparison.Ordinal)..];
        Assert.All(accepted, name => Assert.True(
            table.Contains($"{prefix}{name}", StringComparison.Ordinal) || table.Contains(name, StringComparison.Ordinal),
                $"{name} is not in the table"));
    }

    private static string Document(string page = "gateway.md")
    {
        var directory = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(directory!.FullName, "Stillwatch.slnx")))
        {
            directory = directory.Parent;
        }

        return File.ReadAllText(Path.Combine(directory.FullName, "docs", page));
    }

    [GeneratedRegex(@"(?s)```yaml\n(.*?)```")]
    private static partial Regex Example();
}
