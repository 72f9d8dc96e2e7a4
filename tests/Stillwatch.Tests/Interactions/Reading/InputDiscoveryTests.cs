using System.Text;
using Stillwatch.Interactions.Reading;

namespace Stillwatch.Tests.Interactions.Reading;

public sealed class InputDiscoveryTests : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("stillwatch-inputs-").FullName;

    public InputDiscoveryTests()
    {
        foreach (var file in new[]
        {
            "b.jsonl", "a.jsonl.gz", "C.NDJSON", "notes.txt", ".hidden.jsonl", "d/e/f.csv", "d/e/g.parquet", "d/h.tsv.GZ",
            "d/.git/i.json", "d/j.json", "k 1.jsonl",
        })
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(_root, file))!);
            File.WriteAllText(Path.Combine(_root, file), "");
        }

        Directory.CreateDirectory(Path.Combine(_root, "empty"));
        Directory.CreateSymbolicLink(Path.Combine(_root, "d", "loop"), _root);
    }

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Fact]
    public void Find_Directory_TakesLogsAtEveryDepthInOrdinalOrder() =>
        Assert.Equal(["C.NDJSON", "a.jsonl.gz", "b.jsonl", "d/e/f.csv", "d/e/g.parquet", "d/h.tsv.GZ", "d/j.json", "k 1.jsonl"], Find(""));

    [Fact]
    public void Find_SameFileNamedInManyWays_IsReadOnce()
    {
        Assert.Equal(["b.jsonl", "d/e/f.csv"], Find("b.jsonl", "d/../b.jsonl", "d/e", "d/e/f.csv", "*.jsonl.none", "b.jsonl")[..2]);
        var files = InputDiscovery.Find([Path.Combine(_root, "b.jsonl"), _root]);
        Assert.Equal(Enumerable.Range(0, files.Count), files.Select(static f => f.Ordinal));
    }

    [Theory]
    [InlineData("*.jsonl", "b.jsonl|k 1.jsonl")]
    [InlineData("?.jsonl*", "a.jsonl.gz|b.jsonl")]
    [InlineData("d/*/*.csv", "d/e/f.csv")]
    [InlineData("**/*.csv", "d/e/f.csv")]
    [InlineData("**/d/**/g.*", "d/e/g.parquet")]
    [InlineData("d*", "d/e/f.csv|d/e/g.parquet|d/h.tsv.GZ|d/j.json")]
    [InlineData("notes.*", "notes.txt")]
    public void Find_Pattern_TakesWhatMatches(string pattern, string expected) => Assert.Equal(expected.Split('|'), Find(pattern));

    [Theory]
    [InlineData("absent.jsonl", "no such file")]
    [InlineData("absent/*.jsonl", "matches no log")]
    [InlineData("*.none", "matches no log")]
    [InlineData("empty", "holds no log")]
    public void Find_Nothing_SaysWhatAndWhere(string argument, string said)
    {
        var e = Assert.Throws<InputException>(() => InputDiscovery.Find([Path.Combine(_root, argument)]));
        Assert.Contains(said, e.Message, StringComparison.Ordinal);
        Assert.StartsWith(Path.Combine(_root, argument) + ":", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Find_EmptyArgument_SaysWhatToName() => Assert.Throws<InputException>(static () => InputDiscovery.Find([""]));

    [Fact]
    public void Find_StandardInput_ComesLast()
    {
        var files = InputDiscovery.Find(["-", Path.Combine(_root, "b.jsonl")], static () => new MemoryStream(Encoding.UTF8.GetBytes("x")));
        Assert.Equal(["b.jsonl", "standard input"], files.Select(static f => Path.GetFileName(f.Name)));
        using var stream = files[1].Open();
        Assert.Equal('x', stream.ReadByte());
        Assert.Null(files[1].Path);
        Assert.Throws<InputException>(static () => InputDiscovery.Find(["-"]));
    }

    [Fact]
    public void Find_DirectoryWithoutPermission_SaysSo()
    {
        if (Environment.IsPrivilegedProcess || OperatingSystem.IsWindows())
        {
            Assert.Skip("A privileged process may read every directory.");
        }

        var closed = Directory.CreateDirectory(Path.Combine(_root, "closed"), UnixFileMode.None).FullName;
        var e = Assert.Throws<InputException>(() => InputDiscovery.Find([closed]));
        File.SetUnixFileMode(closed, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        Assert.Contains("permission", e.Message, StringComparison.Ordinal);
    }

    private List<string> Find(params string[] arguments)
    {
        var existing = arguments.Where(a => !a.EndsWith(".none", StringComparison.Ordinal)).Select(a => Path.Combine(_root, a));
        return [.. InputDiscovery.Find(existing).Select(f => Path.GetRelativePath(_root, f.Path!).Replace('\\', '/'))];
    }
}
