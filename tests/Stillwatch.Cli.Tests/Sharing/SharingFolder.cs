using System.Text.Json.Nodes;

namespace Stillwatch.Cli.Tests.Sharing;

/// <summary>A folder with a log in it, in which the verbs of sharing run as processes.</summary>
internal sealed class SharingFolder : IDisposable
{
    /// <summary>What every verb takes that gives something out.</summary>
    public const string Log = "--log log --key log.key";

    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("stillwatch-share-");

    public string FullName => _directory.FullName;

    public void Dispose() => _directory.Delete(recursive: true);

    /// <summary>Makes the log.</summary>
    public Task<string> InitAsync() =>
        OkAsync("$stillwatch log key example.com/sharing --out log.key && $stillwatch log init --log log --key log.key");

    /// <summary>Runs a line that has to end well; what it printed.</summary>
    public async Task<string> OkAsync(string line)
    {
        var (status, output, errors) = await CommandLineRun.FinishShellAsync(line, FullName);
        Assert.True(status == 0, $"{line}: {errors}");
        return output;
    }

    /// <summary>The disclosures that the log has, after a check that it is whole.</summary>
    public async Task<string> DisclosuresAsync()
    {
        await OkAsync("$stillwatch log fsck --log log --vkey log.key.pub");
        return await OkAsync("$stillwatch share disclosures --log log --vkey log.key.pub");
    }

    public string At(string name) => Path.Combine(FullName, name);

    public Task<string> ReadAsync(string name) => File.ReadAllTextAsync(At(name), TestContext.Current.CancellationToken);

    public Task WriteAsync(string name, string text) => File.WriteAllTextAsync(At(name), text, TestContext.Current.CancellationToken);

    /// <summary>A bundle of one indicator a pattern.</summary>
    public static string Bundle(string from, string? until, params string[] patterns) => new JsonObject
    {
        ["type"] = "bundle",
        ["id"] = "bundle--a932fcc6-e032-476c-826f-cb970a5a1ade",
        ["objects"] = new JsonArray([.. patterns.Select((pattern, place) => (JsonNode)Indicator(pattern, place, from, until))]),
    }.ToJsonString();

    private static JsonObject Indicator(string pattern, int place, string from, string? until)
    {
        var indicator = new JsonObject
        {
            ["type"] = "indicator",
            ["spec_version"] = "2.1",
            ["id"] = $"indicator--a932fcc6-e032-476c-826f-cb970a5a1a{place:x2}",
            ["created"] = "2026-03-01T00:00:00.000Z",
            ["modified"] = "2026-03-01T00:00:00.000Z",
            ["pattern"] = pattern,
            ["pattern_type"] = "stix",
            ["valid_from"] = from,
        };
        if (until is not null)
        {
            indicator["valid_until"] = until;
        }

        return indicator;
    }
}
