using System.IO.Compression;
using System.Text.Json;
using Stillwatch.Benchmarks.Detection.Commands;
using Stillwatch.Benchmarks.Detection.Unseen;

namespace Stillwatch.Benchmarks.Detection.Tests.Unseen;

/// <summary>What campaigns ask in unseen worlds comes from attacks alone.</summary>
public sealed class UnseenPoolsTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("stillwatch-pools-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void Write_PoolsAndPairs_ReplacesInstructionsByTheAttackersQueries()
    {
        Pack("pools/benign-x.jsonl.gz", """{"text":"hello"}""");
        Pack("pools/campaign-alpaca-demo.jsonl.gz", """{"text":"an instruction"}""");
        Pack("extraction-queries/A.jsonl.gz", """{"text":"steal","label":1}""", """{"text":"ask","label":0}""");
        Pack("extraction-queries/B.jsonl.gz", """{"text":"steal","label":1}""", """{"text":"steal \"more\"","label":1}""");

        var pools = _folder.CreateSubdirectory("out").FullName;
        Assert.Equal(2, UnseenPools.Write(_folder.FullName, pools));

        Assert.Equal(
            ["benign-x.jsonl.gz", "campaign-extraction-queries.jsonl.gz"],
            Directory.EnumerateFiles(pools).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        Assert.Equal(["hello"], Texts(Path.Combine(pools, "benign-x.jsonl.gz")));
        Assert.Equal(["steal", "steal \"more\""], Texts(Path.Combine(pools, "campaign-extraction-queries.jsonl.gz")));
    }

    [Fact]
    public void Write_ALineWithoutALabel_NamesFileAndLine()
    {
        Pack("pools/benign-x.jsonl.gz", """{"text":"hello"}""");
        Pack("extraction-queries/A.jsonl.gz", """{"text":"steal","label":1}""", """{"text":"steal"}""");
        var fault = Assert.Throws<UnusableException>(() => UnseenPools.Write(_folder.FullName, _folder.CreateSubdirectory("out").FullName));
        Assert.Contains("A.jsonl.gz:2:", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Write_WithoutPairs_SaysSo() =>
        Assert.Throws<UnusableException>(() => UnseenPools.Write(_folder.FullName, _folder.CreateSubdirectory("out").FullName));

    private void Pack(string name, params string[] lines)
    {
        var path = Path.Combine(_folder.FullName, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        using var writer = new StreamWriter(new GZipStream(File.Create(path), CompressionLevel.Fastest));
        Array.ForEach(lines, writer.WriteLine);
    }

    private static IReadOnlyList<string?> Texts(string path)
    {
        using var reader = new StreamReader(new GZipStream(File.OpenRead(path), CompressionMode.Decompress));
        return [.. reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(static line => JsonDocument.Parse(line).RootElement.GetProperty("text").GetString())];
    }
}
