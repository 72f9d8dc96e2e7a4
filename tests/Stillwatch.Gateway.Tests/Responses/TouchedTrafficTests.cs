using System.Text;
using Stillwatch.Evaluation;
using Stillwatch.Gateway.Responses;

namespace Stillwatch.Gateway.Tests.Responses;

public sealed class TouchedTrafficTests
{
    [Fact]
    public void Counts_ByStepTierAndTruth_AreOfRequestsAndAccounts()
    {
        var truth = new Truth(
        [
            new() { Account = new("a"), Label = AccountLabel.Campaign, Interactions = 2 },
            new() { Account = new("b"), Label = AccountLabel.Benign, Interactions = 3 },
        ]);
        var traffic = new TouchedTraffic(truth);
        traffic.Add("a", "T0", ["reduce"], 2);
        traffic.Add("b", "T0", []);
        traffic.Add("b", null, ["reduce", "would_block"]);
        traffic.Add("c", "T1", []);
        Assert.Equal(
            [
                new("reduce", "all", 3, 5, 2, 3), new("reduce", "campaign", 2, 2, 1, 1), new("reduce", "honest", 1, 2, 1, 1),
                new("reduce", "tier T0", 2, 3, 1, 2), new("reduce", "tier T1", 0, 1, 0, 1), new("reduce", "unlabelled", 0, 1, 0, 1),
                new("would_block", "all", 1, 5, 1, 3), new("would_block", "campaign", 0, 2, 0, 1), new("would_block", "honest", 1, 2, 1, 1),
                new("would_block", "tier T0", 0, 3, 0, 2), new("would_block", "tier T1", 0, 1, 0, 1),
                new("would_block", "unlabelled", 0, 1, 0, 1),
            ],
            traffic.Counts);
        Assert.Equal((5, 3), traffic.All);
    }

    [Fact]
    public async Task Log_OfAGateway_IsReadLineByLine_AndWhatIsNoneIsPassedOver()
    {
        const string Log = """
            {"account":"a","gateway":{"tier":"T1","decisions":[{"by":"response","effect":"reduce"},{"by":"policy","effect":"deny"}]}}
            {"account":"b"}
            {"account":"c","gateway":{"decisions":[{"by":"response","effect":"slow"},{"by":"response","effect":"slow"},7]}}
            [1]
            {"account":7}
            {"account":"d","gate
            """;
        var read = new List<string>();
        var log = new MemoryStream(Encoding.UTF8.GetBytes(Log));
        await foreach (var one in RecordedDecisions.ReadAsync(log, TestContext.Current.CancellationToken))
        {
            read.Add($"{one.Account} {one.Tier} {string.Join('+', one.Effects)}");
        }

        Assert.Equal(["a T1 reduce", "b  ", "c  slow"], read);
    }
}
