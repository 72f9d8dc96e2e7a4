using System.IO.Compression;
using System.Text;
using Stillwatch.Evaluation;

namespace Stillwatch.Tests.Evaluation;

public sealed class TruthReaderTests
{
    private const string TwoLines =
        """
        {"account":"a","label":"campaign","campaign":"c","class":"hydra","interactions":10,"campaign_interactions":8,"extra":{"x":[1]}}
        {"account":"b","label":"benign","campaign":null,"class":"app","interactions":3}

        """;

    [Fact]
    public async Task Read_Lines_GivesEveryMember()
    {
        var truth = await ReadAsync(Encoding.UTF8.GetBytes(TwoLines));
        var guilty = truth.Accounts[new("a")];
        Assert.Equal(new("a"), guilty.Account);
        Assert.Equal(AccountLabel.Campaign, guilty.Label);
        Assert.Equal(("c", "hydra", 10L, 8L), (guilty.Campaign, guilty.Class, guilty.Interactions, guilty.CampaignInteractions));
        Assert.Equal(AccountLabel.Benign, truth.Accounts[new("b")].Label);
        Assert.Equal(["c"], truth.Campaigns.Keys);
    }

    [Fact]
    public async Task Read_Gzip_IsTheSame()
    {
        var truth = await ReadAsync(Gzip(TwoLines));
        Assert.Equal(2, truth.Accounts.Count);
    }

    [Fact]
    public async Task Read_GzipCutOff_IsRefused()
    {
        var whole = Gzip(string.Concat(Enumerable.Range(0, 500).Select(i => $"{{\"account\":\"a{i}\",\"label\":\"benign\"}}\n")));
        var refused = await Assert.ThrowsAsync<InvalidDataException>(() => ReadAsync(whole[..^20]));
        Assert.StartsWith("truth.jsonl", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Read_AccountThatNeverCameUp_IsCountedApart()
    {
        var truth = await ReadAsync("""{"account":"a","label":"benign","interactions":0}"""u8.ToArray());
        Assert.Empty(truth.Accounts);
        Assert.Equal(1, truth.Unseen);
    }

    [Theory]
    [InlineData("{\"account\":\"a\",\"label\":\"benign\"}\n{\"account\":\"b\",\"label\":\"guilty\"}", "line 2, $.label: a label is")]
    [InlineData("{\"account\":\"a\",\"label\":\"benign\"}\n{\"account\":\"b\"}", "line 2, $: the required member is missing: 'label'")]
    [InlineData("{\"account\":\"\",\"label\":\"benign\"}", "line 1, $.account: an account is a string")]
    [InlineData("{\"account\":\"a\",\"label\":\"benign\",\"interactions\":\"3\"}",
        "line 1, $.interactions: the value is of the wrong type")]
    [InlineData("{\"account\":\"a\",\"label\":\"benign\",\"interactions\":-3}", "label 1: \"a\" has a negative number")]
    [InlineData("{\"account\":\"a\",\"label\":\"benign\"}\n{\"account\":\"a\",\"label\":\"campaign\"}", "label 2: \"a\" is labelled twice")]
    [InlineData("{\"account\":\"a\",\"label\":\"benign\"}\nnull", "label 2: null")]
    [InlineData("{\"account\":\"a\",\"label\":\"benign\"}\n{\"account\":\"b\",", "line 2")]
    [InlineData("\0\0\0\0", "line 1")]
    public async Task Read_BadLine_NamesFileAndFault(string content, string fault)
    {
        var refused = await Assert.ThrowsAsync<InvalidDataException>(() => ReadAsync(Encoding.UTF8.GetBytes(content)));
        Assert.StartsWith("truth.jsonl", refused.Message, StringComparison.Ordinal);
        Assert.Contains(fault, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Read_Nothing_IsATruthOfNobody() => Assert.Empty((await ReadAsync([])).Accounts);

    private static Task<Truth> ReadAsync(byte[] content) =>
        TruthReader.ReadAsync(new MemoryStream(content), "truth.jsonl", TestContext.Current.CancellationToken);

    private static byte[] Gzip(string content)
    {
        var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest))
        {
            gzip.Write(Encoding.UTF8.GetBytes(content));
        }

        return packed.ToArray();
    }
}
