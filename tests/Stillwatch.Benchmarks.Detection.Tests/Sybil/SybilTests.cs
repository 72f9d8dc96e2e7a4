using System.IO.Compression;
using Stillwatch.Benchmarks.Detection.Commands;
using Stillwatch.Benchmarks.Detection.Coordination;
using Stillwatch.Benchmarks.Detection.Sybil;

namespace Stillwatch.Benchmarks.Detection.Tests.Sybil;

public sealed class SybilTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("stillwatch-sybil-").FullName;

    /// <summary>
    /// Accounts 0 and 1 are one reported operator, 2 was struck out by the graph, 3 is eligible. 10 and 11 are outside, 12 is a hub. 0
    /// funds 1.
    /// </summary>
    private static readonly SybilLedger Ledger = new(
        [new("report-1", "c"), new("report-1", "c"), new("fund-1", "c"), new("", "")],
        [new(0, 1, 2), new(0, 10, 1), new(1, 10, 1), new(11, 2, 3), new(12, 3, 1), new(2, 12, 1)],
        new HashSet<int> { 12 });

    [Theory]
    [InlineData(SybilView.All, new[] { 1, 10 }, new[] { 11, 12 }, new[] { 12 })]
    [InlineData(SybilView.WithoutHubs, new[] { 1, 10 }, new[] { 11 }, new int[0])]
    [InlineData(SybilView.WithoutFunding, new[] { 10 }, new[] { 11 }, new int[0])]
    [InlineData(SybilView.HubsOnly, new int[0], new[] { 12 }, new[] { 12 })]
    public void Graph_EachView_SeesItsTransfers(object view, int[] ofFirst, int[] ofThird, int[] ofFourth)
    {
        var graph = new SybilGraph(Ledger, (SybilView)view).Graph;
        Assert.Equal(ofFirst, graph.ValuesOf(0).ToArray());
        Assert.Equal(ofThird, graph.ValuesOf(2).ToArray());
        Assert.Equal(ofFourth, graph.ValuesOf(3).ToArray());
    }

    [Fact]
    public void Truth_OneKind_LeavesTheOtherOut()
    {
        var truth = SybilTruth.Of(Ledger, new SybilGraph(Ledger, SybilView.All).Graph, static account => account.IsReported);
        Assert.Equal([true, true, false, true], truth.Counted);
        Assert.Equal([true, true, false, false], truth.Positive);
        Assert.All(truth.Campaign, static campaign => Assert.Equal(-1, campaign));
    }

    [Fact]
    public void ConnectedAccounts_FundedAccounts_AreOneGroup()
    {
        var graph = new SybilGraph(Ledger, SybilView.WithoutHubs).Graph;
        Assert.Equal([0, 1], Assert.Single(ConnectedAccounts.Detect(graph, 2).Groups));
    }

    [Fact]
    public void SharedCounterparties_SameTwoOfThree_AreTwoThirdsAlike()
    {
        var graph = new BipartiteGraph(2, 3, [(0, 0), (0, 1), (0, 2), (1, 0), (1, 1)]);
        var suspicion = SharedCounterparties.Detect(graph, new() { MinCluster = 2 }, CancellationToken.None);
        Assert.Equal([2 / 3.0, 2 / 3.0], suspicion.Scores);
    }

    [Fact]
    public void ProductGrouping_AccountsWithCounterpartiesOfTheirOwn_AreAGroup()
    {
        var operated = Enumerable.Range(0, 12)
            .SelectMany(static account => Enumerable.Range(500, 4).Select(to => new SybilTransfer(account, to, 1)));
        var others = Enumerable.Range(12, 300)
            .Select(static account => new SybilTransfer(account, 510 + (account % 75), 1));
        SybilAccount[] accounts = [.. Enumerable.Repeat(new SybilAccount("", ""), 312)];
        var ledger = new SybilLedger(accounts, [.. operated, .. others], new HashSet<int>());
        var suspicion = ProductGrouping.Detect(new SybilGraph(ledger, SybilView.All).Sharing(), CancellationToken.None);
        Assert.Contains(suspicion.Groups, static group => group.SequenceEqual(Enumerable.Range(0, 12)));
    }

    [Fact]
    public void Reader_KnownFolder_IsRead()
    {
        Write("accounts.csv.gz", "id,address,label,group,component,first_use,volume\n0,0xa,sybil,fund-1,c1,1,2\n1,0xb,eligible,,,1,2\n");
        Write("edges.csv.gz", "from,to,n\n0,1,3\n");
        Write("hubs.csv.gz", "id,kind\n2,contract\n");
        var ledger = SybilLedgerReader.Read(_directory, CancellationToken.None);
        Assert.Equal([new("fund-1", "c1"), new("", "")], ledger.Accounts);
        Assert.Equal(new SybilTransfer(0, 1, 3), Assert.Single(ledger.Transfers));
        Assert.Equal([2], ledger.Hubs);
    }

    [Fact]
    public void Reader_OtherColumnsOrNoFile_IsRefusedWithTheReason()
    {
        var missing = Assert.Throws<UnusableException>(() => SybilLedgerReader.Read(_directory, CancellationToken.None));
        Assert.Contains("accounts.csv.gz: there is no such file", missing.Message, StringComparison.Ordinal);
        Write("accounts.csv.gz", "id;label\n");
        var columns = Assert.Throws<UnusableException>(() => SybilLedgerReader.Read(_directory, CancellationToken.None));
        Assert.Contains("begins with \"id;label\"", columns.Message, StringComparison.Ordinal);
    }

    /// <summary>The counts that the data's own description gives.</summary>
    [Fact]
    public void Reader_HopAccounts_AreAsDescribed()
    {
        var ledger = SybilLedgerReader.Read(SharedFolder.Data("sybil"), TestContext.Current.CancellationToken);
        Assert.Equal((43_052, 660_464, 54_199), (ledger.Accounts.Count, ledger.Transfers.Count, ledger.Hubs.Count));
        Assert.Equal(
            (10_100, 4_095),
            (ledger.Accounts.Count(static account => account.IsFunded), ledger.Accounts.Count(static account => account.IsReported)));
    }

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    private void Write(string name, string content)
    {
        using var writer = new StreamWriter(new GZipStream(File.Create(Path.Combine(_directory, name)), CompressionLevel.Fastest));
        writer.Write(content);
    }
}
