using System.Text.RegularExpressions;
using Stillwatch.Gateway.Configuration;

namespace Stillwatch.Gateway.Tests.Configuration;

/// <summary>What docs/gateway.md says that a program can check.</summary>
public sealed partial class DocumentTests
{
    [Fact]
    public void Example_OfTheDocument_IsAConfiguration()
    {
        using var folder = new ScratchFolder();
        File.WriteAllText(folder.At("provider.key"), "secret");
        var (options, faults) = ConfigurationFile.Parse(Example().Match(Document()).Groups[1].Value, folder.At("stillwatch.yaml"));
        Assert.Empty(faults);
        Assert.Equal(2, options!.Upstreams.Count);
        Assert.Equal(CredentialScheme.ApiKeyHeader, options.Upstreams["provider"].Scheme);
    }

    /// <summary>The reader's own list of accepted members against the table: an unknown member makes it say the list.</summary>
    [Theory]
    [InlineData("listeners: [{x: 1}]", "listeners[0].x", "listeners[].")]
    [InlineData("upstreams: {a: {x: 1}}", "upstreams.a.x", "")]
    [InlineData("models: [{x: 1}]", "models[0].x", "")]
    [InlineData("pass_through: [{x: 1}]", "pass_through[0].x", "")]
    [InlineData("trusted_proxies: {x: 1}", "trusted_proxies.x", "trusted_proxies.")]
    [InlineData("limits: {x: 1}", "limits.x", "limits.")]
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

    private static string Document()
    {
        var directory = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(directory!.FullName, "Stillwatch.slnx")))
        {
            directory = directory.Parent;
        }

        return File.ReadAllText(Path.Combine(directory.FullName, "docs", "gateway.md"));
    }

    [GeneratedRegex(@"(?s)```yaml\n(.*?)```")]
    private static partial Regex Example();
}
