using System.Text;
using Stillwatch.Interactions;
using Stillwatch.Interactions.Reading;

namespace Stillwatch.Tests.Interactions.Reading;

public sealed class AccountReaderTests
{
    [Fact]
    public async Task ReadAsync_EveryMember_IsRead()
    {
        var (read, faults) = await Read("""
            {"account":"a1","created":"2009-10-29T05:35:11.066Z","organization":"o","email_domain":"d.example","payment":"p","country":"it"}
            {"account":"a3","program":"research","extra":[1]}
            {"account":"a2","created":null,"organization":null,"email_domain":"","payment":null,"country":null,"program":null}
            """);
        Assert.Equal(0, faults.Rejected.Total + faults.Repaired.Total);
        Assert.Equal(("a1", 1256794511066, "o"), (read[0].Account.Value, read[0].CreatedMs, read[0].Organization));
        Assert.Equal(("d.example", "p", "IT", null), (read[0].EmailDomain, read[0].Payment, read[0].Country, read[0].Program));
        Assert.Equal(("a3", "research"), (read[1].Account.Value, read[1].Program));
        Assert.Equal(("a2", null, null), (read[2].Account.Value, read[2].CreatedMs, read[2].EmailDomain));
    }

    [Fact]
    public async Task ReadAsync_UnusableLines_AreRejectedAndMembersDropped()
    {
        var (read, faults) = await Read("""
            {"created":"2025-10-29T05:35:11Z"}
            {"account":"a","created":"1970-01-01T00:00:00Z","country":"Italy"}
            {"account":""}
            {"account":
            {"account":"b","created":"yesterday","payment":7}
            """);
        Assert.Equal(["a", "b"], read.Select(static r => r.Account.Value));
        Assert.All(read, static r => Assert.Null(r.CreatedMs));
        Assert.Equal(
            [(1L, InputFaultReason.Missing), (3L, InputFaultReason.Empty), (4L, InputFaultReason.InvalidJson)],
            faults.Rejected.First.Select(static f => (f.Position.Line, f.Reason)));
        Assert.Equal(["created", "client.country", "created", "payment"], faults.Repaired.First.Select(static f => f.Member));
    }

    private static async Task<(List<AccountRegistration> Read, InputFaultsSnapshot Faults)> Read(string text)
    {
        var faults = new InputFaults();
        var file = InputFile.FromBytes(0, "accounts.jsonl.gz", ReadLog.Gzip(Encoding.UTF8.GetBytes(text)));
        var reader = new AccountReader(new ReaderOptions(), faults, FixedTime.Instance);
        var cancellation = TestContext.Current.CancellationToken;
        return (await reader.ReadAsync([file], cancellation).ToListAsync(cancellation), faults.Snapshot());
    }
}
