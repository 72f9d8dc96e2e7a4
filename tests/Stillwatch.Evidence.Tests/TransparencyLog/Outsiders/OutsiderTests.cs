using Stillwatch.Evidence.Signing;
using Stillwatch.Evidence.Tests.Signing;
using Stillwatch.Evidence.TransparencyLog;

namespace Stillwatch.Evidence.Tests.TransparencyLog.Outsiders;

/// <summary>A log of ours before checkers that are not ours.</summary>
public sealed class OutsiderTests : IDisposable
{
    private const int Size = 10_000;

    private readonly ScratchFolder _scratch = ScratchFolder.InMemory();
    private readonly NoteSigningKey _key = TestKeys.Log(LogFiles.Origin);

    public void Dispose()
    {
        _key.Dispose();
        _scratch.Dispose();
    }

    [Fact]
    public async Task Go_OnALogOf10000Entries_VerifiesNoteTilesEveryInclusionAndConsistency()
    {
        var go = await GoChecker.BuildAsync(_scratch, _key.VerifierKey);
        var log = await WriteAsync();
        List<ulong> sizes =
            [.. Enumerable.Range(1, 600).Select(size => (ulong)size), .. Enumerable.Range(1, 39).Select(step => 256UL * (ulong)step), Size];
        go.Prove(log, sizes);
        var (status, output, errors) = await go.CheckAsync(_scratch.At("log"));
        Assert.True(status == 0, errors);
        Assert.Equal($"{Size} entries, 41 tiles, {Size} inclusions, {sizes.Count} consistencies\n", output);

        var proofs = go.ReadProofs();
        var wrong = (string[])proofs.Clone();
        (wrong[3], wrong[4]) = (wrong[4].Replace("i 4 ", "i 3 ", StringComparison.Ordinal), wrong[3]);
        await File.WriteAllLinesAsync(_scratch.At("wrong"), wrong, TestContext.Current.CancellationToken);
        Assert.Equal(1, (await go.CheckAsync(_scratch.At("log"), _scratch.At("wrong"))).Status);
    }

    [Fact]
    public async Task Sigstore_OnProofsOfThatLog_AcceptsEachForItsEntryAlone()
    {
        var log = await WriteAsync();
        var indexes = Enumerable.Range(0, Size).Where(index => index % 13 == 0).Append(Size - 1).ToList();
        var right = await SigstoreChecker.CheckAsync(
            _key.VerifierKey, indexes.Select(index => (LogFiles.Entry(index).ToArray(), log.Prove((ulong)index))));
        Assert.All(right, Assert.True);
        var wrong = await SigstoreChecker.CheckAsync(
            _key.VerifierKey, indexes.Take(50).Select(index => (LogFiles.Entry(index + 1).ToArray(), log.Prove((ulong)index))));
        Assert.All(wrong, Assert.False);
    }

    [Fact]
    public async Task OpenSsl_OnTheCheckpointOfThatLog_VerifiesTheSignature()
    {
        var note = (await WriteAsync()).Checkpoint.Note;
        var signature = note.Signatures[0].Bytes.ToArray();
        Assert.True(await OpenSslSignature.VerifiesAsync(_key.VerifierKey.PublicKey, note.Text.ToArray(), signature));
    }

    private async Task<LogReader> WriteAsync()
    {
        await LogFiles.WriteAsync(_scratch.At("log"), _key, Size);
        return LogReader.Open(_scratch.At("log"), _key.VerifierKey);
    }
}
