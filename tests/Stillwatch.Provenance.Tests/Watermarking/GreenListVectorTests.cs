using Stillwatch.Provenance.Watermarking;

namespace Stillwatch.Provenance.Tests.Watermarking;

/// <summary>
/// Vectors of few lists that always run: of the golden file, and of runs of PyTorch 1.13 and NumPy 1.24 on the published formulas
/// (self-hash, Unigram, TextSeal).
/// </summary>
public sealed class GreenListVectorTests
{
    [Theory]
    [InlineData(0, "630848397a6f76917d728db3d3d5b95c9843b8f8144a12f18310077b9a024460")]
    [InlineData(500, "1852c3725fe6986f3080819c263696726f76d08003c2bea32f537e1433a0aeff")]
    public void KgwSimple_List_IsThePublishedOne(int previous, string digest)
    {
        var list = new KgwGreenList(KgwSeeding.Simple, 1000, 0.5);
        Assert.Equal(digest, GreenIds.Digest(GreenIds.Of(list, [previous], 1000)));
    }

    [Theory]
    [InlineData(new[] { 1, 2, 3 }, 4, 11076511265293586427ul, true)]
    [InlineData(new[] { 100, 200, 300 }, 400, 865515746340951048ul, true)]
    [InlineData(new[] { 5, 5, 5 }, 5, 1748562568714779388ul, false)]
    [InlineData(new[] { 50000, 7, 31999 }, 12, 1558368349033940821ul, false)]
    [InlineData(new[] { 999, 998, 997 }, 996, 1633873600639405512ul, false)]
    public void KgwSelfHash_SeedAndColour_AreThoseOfTorch(int[] context, int token, ulong seed, bool isGreen)
    {
        var list = new KgwGreenList(KgwSeeding.SelfHash, 1000, 0.25);
        Assert.Equal(seed, list.Seed(context, token));
        Assert.Equal(isGreen, list.IsGreen(context, token));
    }

    [Fact]
    public void KgwSelfHash_ContextsWithOneSeed_AreOnePair()
    {
        var list = new KgwGreenList(KgwSeeding.SelfHash, 1000, 0.25);
        var (inOrder, turned) = (list.Identify([1, 2, 3], 4), list.Identify([3, 1, 2], 4));
        Assert.Equal(inOrder, turned);
        Assert.NotEqual(inOrder, list.Identify([1, 2, 3], 5));
    }

    [Theory]
    [InlineData(new[] { 5, 7 }, 176592ul, "1a5b8355529f193b18c81cb052693eb1f13698826e9a306b03304c6ae39927d2")]
    [InlineData(new[] { 29901, 13 }, 1056013630ul, "0e4d50de5bc2e6c9ab5b1bbcd77fb0387522eb69f3eee973526f21b093137025")]
    public void RadioactiveHash_SeedAndList_AreThePublishedOnes(int[] window, ulong seed, string digest)
    {
        var list = new RadioactiveHashGreenList(2, 1000, 0.25);
        Assert.Equal(seed, list.Seed(window));
        Assert.Equal(digest, GreenIds.Digest(GreenIds.Of(list, window, 1000)));
    }

    [Theory]
    [InlineData(0, 1000, 0.5, "fd951d76dd85158769a3d7504f6821f1c1d5d88b49de22e4f69952c01896f412")]
    [InlineData(42, 1000, 0.25, "6a1050e80d38d04b4ed43a35250efd46d3ed24f4a7ac2a4b22ce685a778d2c3a")]
    [InlineData(15485863, 50257, 0.5, "1ab3010258fdae9da272edede73fd657e7f8096f7ffa659040363eb8c79c3cc9")]
    [InlineData(-3, 1000, 0.5, "e321e2760eb2c0fe59d94261b2c53e27f9f63cea0d08b3e58fe4ecb8f214eb95")]
    public void Unigram_List_IsThatOfNumpy(long key, int vocabulary, double gamma, string digest)
    {
        var list = new UnigramGreenList(key, vocabulary, gamma);
        Assert.Equal(digest, GreenIds.Digest(list.GreenIds()));
        Assert.Equal(list.GreenTokens, list.GreenIds().Count);
    }

    [Theory]
    [InlineData(new[] { 1, 2 }, 3, 0L, 6628)]
    [InlineData(new[] { 1, 2 }, 3, 42L, 2796)]
    [InlineData(new[] { 50000, 31999 }, 128000, 123456789L, 1439)]
    [InlineData(new[] { 1, 2, 3, 4 }, 5, 7L, 2881)]
    [InlineData(new[] { 7 }, 9, 1L << 40, 829)]
    public void TextSeal_Value_IsThatOfTorch(int[] window, int token, long key, int value) =>
        Assert.Equal(value, TextSealFunction.Value(window, token, key));

    [Fact]
    public void TextSeal_GreenProbability_IsTheShareOfValuesBelowGamma()
    {
        var list = new TextSealGreenList(2, 0.25, 42);
        Assert.Equal(2048.0 / 8191, list.GreenProbability);
        Assert.Equal(2796 < 2048, list.IsGreen([1, 2], 3));
    }

    [Theory]
    [InlineData(KgwSeeding.Simple, new[] { 17 })]
    [InlineData(KgwSeeding.SelfHash, new[] { 17, 4, 900 })]
    public void KgwLists_OfOneSeed_HaveExactlyTheStatedShare(KgwSeeding seeding, int[] context)
    {
        var list = new KgwGreenList(seeding, 1000, 0.2503);
        Assert.Equal(0.25, list.GreenProbability);
        var greens = Enumerable.Range(0, 1000).GroupBy(token => list.Identify(context, token).List)
            .Where(sharing => sharing.Count() == 1000);
        Assert.All(greens, sharing => Assert.Equal(250, sharing.Count(token => list.IsGreen(context, token))));
    }
}
