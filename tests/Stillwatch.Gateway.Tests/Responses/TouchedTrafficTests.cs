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
                new("reduce", "tier T0", 2, 3, 1, 2), new("would_block", "all", 1, 5, 1, 3), new("would_block", "honest", 1, 2, 1, 1),
            ],
            traffic.Counts);
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
        await foreach (var one in RecordedDecisions.ReadAsync(new MemoryStream(Encoding.UTF8.GetBytes(Log)), default))
        {
            read.Add($"{one.Account} {one.Tier} {string.Join('+', one.Effects)}");
        }

        Assert.Equal(["a T1 reduce", "b  ", "c  slow"], read);
    }
}
