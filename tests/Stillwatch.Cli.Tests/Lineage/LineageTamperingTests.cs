using System.Text;
using System.Text.Json.Nodes;
using Stillwatch.Cli.Verbs.Lineage;
using Stillwatch.Cli.Verbs.Marks;
using Stillwatch.Evidence.Dossiers;
using Stillwatch.Evidence.Signing;
using Stillwatch.Evidence.TransparencyLog.Proofs;
using Stillwatch.Statistics;

namespace Stillwatch.Cli.Tests.Lineage;

/// <summary>Reports in which anything was changed are never verified.</summary>
public sealed class LineageTamperingTests(LineageStory story) : IClassFixture<LineageStory>
{
    private const ulong Seed = 17;

    [Fact]
    public void Report_Unchanged_IsVerified() => Assert.All(Verify(Files()), static check => Assert.Empty(check.Faults));

    /// <summary>One byte of any file, as the list stands and with a list that was made to fit.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Report_WithOneByteChanged_IsNotVerified(bool listed)
    {
        var (generator, original) = (new SeededGenerator(Seed), Files());
        var names = original.Names.Where(name => !listed || name is not (DossierManifest.ListName or DossierManifest.NoteName)).ToList();
        foreach (var name in names)
        {
            for (var round = 0; round < (name.StartsWith("inputs/", StringComparison.Ordinal) ? 1 : 5); round++)
            {
                var place = generator.Next(original.Get(name).Length);
                var change = (byte)(1 + generator.Next(255));
                var changed = Changed(original, listed, name, content => content[place] ^= change);
                Assert.True(
                    Verify(changed).Any(static check => !check.Holds),
                    $"Seed {Seed}: byte {place} of {name} changed by {change} went unseen (listed: {listed}).");
            }
        }
    }

    /// <summary>Every figure of the report, put to another value under a list that fits, is named.</summary>
    [Fact]
    public void Figure_PutToAnotherValue_IsNamed()
    {
        var original = Files();
        var report = JsonNode.Parse(original.Get("report.json"))!;
        var places = Leaves("", report).ToList();
        Assert.True(places.Count > 60);
        foreach (var (path, parent, key) in places)
        {
            var before = Get(parent, key)?.DeepClone();
            Set(parent, key, before switch
            {
                JsonValue value when value.TryGetValue<double>(out var number) => number + 0.000001,
                JsonValue value when value.TryGetValue<bool>(out var truth) => !truth,
                _ => "changed",
            });
            var changed = Changed(original, listed: true, "report.json", null, Encoding.UTF8.GetBytes(report.ToJsonString()));
            var faults = Verify(changed).SelectMany(static check => check.Faults).ToList();
            Assert.True(faults.Count > 0, $"{path} changed unseen");
            Set(parent, key, before);
        }
    }

    [Fact]
    public void Fault_InAFigureOrAFile_NamesIt()
    {
        var original = Files();
        var report = JsonNode.Parse(original.Get("report.json"))!;
        report["tests"]![0]!["rows"]![0]!["log10P"] = -999;
        var faults = Verify(Changed(original, listed: true, "report.json", null, Encoding.UTF8.GetBytes(report.ToJsonString())))
            .SelectMany(static check => check.Faults).ToList();
        Assert.Contains(
            faults,
            static fault => fault.StartsWith("report.json: tests[0].rows[0].log10P is -999; computed again", StringComparison.Ordinal));
        var input = original.Names.First(static name => name.StartsWith("inputs/01-outputs/", StringComparison.Ordinal));
        var changed = Changed(original, listed: false, input, static content => content[0] ^= 1);
        faults = [.. Verify(changed).SelectMany(static check => check.Faults)];
        Assert.Contains(faults, fault => fault.Contains(input, StringComparison.Ordinal));
    }

    [Fact]
    public void File_AddedOrTakenAway_IsSeen()
    {
        var original = Files();
        foreach (var listed in new[] { false, true })
        {
            Assert.Contains(Verify(Changed(original, listed, "inputs/99-extra/x", null, [1])), static check => !check.Holds);
        }

        foreach (var name in original.Names)
        {
            var fewer = new DossierFiles();
            original.Names.Where(other => other != name).ToList().ForEach(other => fewer.Add(other, original.Get(other)));
            Assert.Contains(Verify(fewer), static check => !check.Holds);
        }
    }

    private DossierFiles Files() => DossierFiles.Read(story.At("report"));

    private IReadOnlyList<DossierCheck> Verify(DossierFiles files)
    {
        var policy = TrustPolicy.Of(NoteVerifierKey.Parse(File.ReadAllText(story.At("evidence.key.pub")).Trim()));
        return new LineageReportVerifier(files, policy, authorities: null).Verify(
            KeyLines.Read(story.At("free.key.json")), book: null, integrityOnly: false, TestContext.Current.CancellationToken);
    }

    /// <summary>Another content of one file; with a list that fits and no signature where asked for.</summary>
    private static DossierFiles Changed(DossierFiles original, bool listed, string name, Action<byte[]>? change, byte[]? content = null)
    {
        var files = new DossierFiles();
        foreach (var other in original.Names.Where(other => other != name).Where(static other => other != DossierManifest.ListName))
        {
            if (!listed || other != DossierManifest.NoteName)
            {
                files.Add(other, original.Get(other));
            }
        }

        var bytes = content ?? (byte[])original.Get(name).Clone();
        change?.Invoke(bytes);
        files.Add(name, bytes);
        if (name != DossierManifest.ListName)
        {
            files.Add(DossierManifest.ListName, listed ? LineageReportFiles.List(files) : original.Get(DossierManifest.ListName));
        }

        return files;
    }

    private static IEnumerable<(string Path, JsonNode Parent, object Key)> Leaves(string path, JsonNode node)
    {
        var children = node switch
        {
            JsonObject json => json.Select(static member => ((object)member.Key, member.Value)).ToList(),
            JsonArray array => array.Select(static (item, i) => ((object)i, item)).ToList(),
            _ => [],
        };
        foreach (var (key, child) in children)
        {
            if (child is JsonObject or JsonArray)
            {
                foreach (var leaf in Leaves($"{path}.{key}", child))
                {
                    yield return leaf;
                }
            }
            else
            {
                yield return ($"{path}.{key}", node, key);
            }
        }
    }

    private static JsonNode? Get(JsonNode parent, object key) => key is int i ? parent[i] : parent[(string)key];

    private static void Set(JsonNode parent, object key, JsonNode? value)
    {
        if (key is int i)
        {
            parent[i] = value;
        }
        else
        {
            parent[(string)key] = value;
        }
    }
}
