using System.Text;
using Stillwatch.Evidence.Sharing.Disclosures;

namespace Stillwatch.Evidence.Tests.Sharing.Disclosures;

public sealed class DisclosureTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("stillwatch-disclosures-");

    private string Path => System.IO.Path.Combine(_folder.FullName, "disclosures.jsonl");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task File_Disclosures_ReadBackAsTheyWereAndOnlyTheOwnerMay()
    {
        using (var file = DisclosureFile.Open(Path))
        {
            await file.AppendAsync(Sample("lab-a"), TestContext.Current.CancellationToken);
            await file.AppendAsync(Sample("lab-b\n\u2028"), TestContext.Current.CancellationToken);
        }

        var read = DisclosureFile.Read(Path);
        Assert.Equal(["lab-a", "lab-b\n\u2028"], read.Select(static disclosure => disclosure.Recipient));
        Assert.Equivalent(Sample("lab-a"), read[0], strict: true);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path));
        Assert.StartsWith("""{"given_at":"2026-03-01T00:00:00+00:00","items":[{"id":""", File.ReadAllText(Path), StringComparison.Ordinal);
    }

    [Fact]
    public async Task File_LastLineCutShort_IsDroppedAndTheNextFollowsCleanly()
    {
        using (var file = DisclosureFile.Open(Path))
        {
            await file.AppendAsync(Sample("lab-a"), TestContext.Current.CancellationToken);
        }

        File.AppendAllText(Path, "{\"kind\":\"Stix", Encoding.UTF8);
        using (var file = DisclosureFile.Open(Path))
        {
            await file.AppendAsync(Sample("lab-b"), TestContext.Current.CancellationToken);
        }

        Assert.Equal(["lab-a", "lab-b"], DisclosureFile.Read(Path).Select(static disclosure => disclosure.Recipient));
    }

    [Fact]
    public void File_OpenElsewhere_IsRefused()
    {
        using var file = DisclosureFile.Open(Path);
        Assert.Throws<IOException>(() => DisclosureFile.Open(Path));
    }

    [Fact]
    public void Read_LineThatIsNone_IsNamed()
    {
        File.WriteAllText(Path, "{}\n");
        var refusal = Assert.Throws<InvalidDataException>(() => DisclosureFile.Read(Path));
        Assert.Contains($"{Path}:1", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Gate_RecordWritten_GivesAfterIt()
    {
        var log = new RecordedDisclosures();
        var recordedBefore = 0;
        await new DisclosureGate(log).GiveAsync(
            Sample("lab-a"),
            _ =>
            {
                recordedBefore = log.All.Count;
                return Task.CompletedTask;
            },
            TestContext.Current.CancellationToken);
        Assert.Equal(1, recordedBefore);
    }

    [Fact]
    public async Task Gate_RecordNotWritten_GivesNothingThenOrLater()
    {
        var log = new RecordedDisclosures { IsBroken = true };
        var gate = new DisclosureGate(log);
        var given = 0;
        await Assert.ThrowsAsync<DisclosureNotRecordedException>(() => GiveAsync());
        log.IsBroken = false;
        await Assert.ThrowsAsync<DisclosureNotRecordedException>(() => GiveAsync());
        Assert.Equal((0, 0), (given, log.All.Count));

        Task GiveAsync() => gate.GiveAsync(
            Sample("lab-a"),
            _ =>
            {
                given++;
                return Task.CompletedTask;
            },
            TestContext.Current.CancellationToken);
    }

    internal static Disclosure Sample(string recipient) => new()
    {
        Kind = DisclosureKind.StixBundle,
        Recipient = recipient,
        Marking = "TLP:AMBER+STRICT",
        Purpose = "campaign",
        GivenAt = new(2026, 3, 1, 0, 0, 0, TimeSpan.Zero),
        MinimumAccounts = 3,
        Reveals = ["reveals:days"],
        Items = [new DisclosedItem("report--1", new string('0', 64))],
    };
}
