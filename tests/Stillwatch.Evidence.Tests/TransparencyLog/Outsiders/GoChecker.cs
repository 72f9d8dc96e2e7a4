using System.Globalization;
using System.Text;
using Stillwatch.Evidence.Signing;
using Stillwatch.Evidence.TransparencyLog;

namespace Stillwatch.Evidence.Tests.TransparencyLog.Outsiders;

/// <summary>tests/oracles/check_log.go, built once a test; skips where Go or Debian's x/mod is absent.</summary>
internal sealed class GoChecker
{
    private const string Sources = "/usr/share/gocode";

    private readonly string _program;
    private readonly string _proofs;
    private readonly NoteVerifierKey _key;

    private GoChecker(string program, string proofs, NoteVerifierKey key)
    {
        _program = program;
        _proofs = proofs;
        _key = key;
    }

    public static async Task<GoChecker> BuildAsync(ScratchFolder scratch, NoteVerifierKey key)
    {
        ExternalProgram.SkipUnlessInstalled("go", "golang-go");
        var isThere = Directory.Exists($"{Sources}/src/golang.org/x/mod/sumdb");
        Assert.SkipUnless(isThere, "golang.org/x/mod is not installed (Debian package golang-golang-x-mod-dev).");
        var program = scratch.At("check_log");
        var source = Path.Combine(NodeOracle.Folder, "check_log.go");
        var (status, _, errors) = await ExternalProgram.RunAsync(
            "go", ["build", "-o", program, source], null, ("GO111MODULE", "off"), ("GOPATH", Sources), ("GOCACHE", scratch.At("gocache")));
        Assert.True(status == 0, errors);
        return new(program, scratch.At("proofs"), key);
    }

    /// <summary>Writes proofs of ours: every entry's inclusion, and consistency from some sizes.</summary>
    public void Prove(LogReader log, IEnumerable<ulong> oldSizes)
    {
        var lines = new StringBuilder();
        for (ulong index = 0; index < log.Size; index++)
        {
            lines.AppendJoin(' ', ["i", index.ToString(CultureInfo.InvariantCulture), .. log.Prove(index).Hashes]).Append('\n');
        }

        foreach (var old in oldSizes)
        {
            var size = old.ToString(CultureInfo.InvariantCulture);
            lines.AppendJoin(' ', ["c", size, log.RootAt(old), .. log.ProveConsistency(old)]).Append('\n');
        }

        File.WriteAllText(_proofs, lines.ToString());
    }

    /// <summary>What it says of a log and of those proofs.</summary>
    public Task<(int Status, string Output, string Errors)> CheckAsync(string directory, string? proofs = null) =>
        ExternalProgram.RunAsync(_program, [directory, _key.ToString(), proofs ?? _proofs]);

    /// <summary>The proofs as they were written.</summary>
    public string[] ReadProofs() => File.ReadAllLines(_proofs);
}
