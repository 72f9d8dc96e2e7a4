using Stillwatch.Provenance.Watermarking;

namespace Stillwatch.Provenance.Tests.Watermarking;

public sealed class TorchGeneratorTests
{
    [Fact]
    public void Draws_OfSeedZero_AreThoseOfTheReferenceGenerator()
    {
        var generator = new TorchGenerator(0);
        Assert.Equal<uint>(
            [2357136044, 2546248239, 3071714933, 3626093760, 2588848963],
            [.. Enumerable.Range(0, 5).Select(_ => generator.NextUInt32())]);
    }

    [Fact]
    public void Singles_OfSeedZero_AreThoseOfTorch()
    {
        var generator = new TorchGenerator(0);
        Assert.Equal(0.49625659f, generator.NextSingle());
        Assert.Equal(0.7682218f, generator.NextSingle());
    }

    [Theory]
    [InlineData(0ul, new[] { 4, 1, 7, 5, 3, 9, 0, 8, 6, 2 })]
    [InlineData(42ul, new[] { 2, 6, 1, 8, 4, 5, 0, 9, 3, 7 })]
    public void Permutation_OfTen_IsThatOfTorch(ulong seed, int[] permutation)
    {
        Assert.Equal(permutation, new TorchGenerator(seed).Permutation(10, 10));
        Assert.Equal(permutation[..4], new TorchGenerator(seed).Permutation(10, 4));
    }

    [Fact]
    public void Seeds_ThatAgreeInTheLow32Bits_DrawTheSame() =>
        Assert.Equal(new TorchGenerator(7).NextUInt32(), new TorchGenerator(7 + (5ul << 32)).NextUInt32());
}
