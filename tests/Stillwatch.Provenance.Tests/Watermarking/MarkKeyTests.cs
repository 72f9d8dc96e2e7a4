using Stillwatch.Provenance.Watermarking;

namespace Stillwatch.Provenance.Tests.Watermarking;

public sealed class MarkKeyTests
{
    private static readonly MarkLabel Label = new("example.com", "customer-7", Epoch: 0, ContextWidth: 2);

    [Fact]
    public void Key_OfOneLabel_IsAlwaysTheSame()
    {
        using var secret = new MarkMasterSecret(new byte[32]);
        using var first = secret.Derive(Label);
        using var second = secret.Derive(Label with { });
        Assert.Equal(first.Commitment, second.Commitment);
        Assert.Equal(first.Id, second.Id);
        Assert.Equal(first.DangerousReveal(), second.DangerousReveal());
    }

    [Fact]
    public void Keys_OfOtherLabelsAndSecrets_Differ()
    {
        using var secret = new MarkMasterSecret(new byte[32]);
        using var otherSecret = new MarkMasterSecret([.. Enumerable.Repeat((byte)1, 32)]);
        var keys = new[]
        {
            secret.Derive(Label), secret.Derive(Label with { Epoch = 1 }), secret.Derive(Label with { Cohort = "customer-8" }),
            secret.Derive(Label with { Tenant = "example.org" }), secret.Derive(Label with { ContextWidth = 1 }),
            secret.Derive(new("example.comc", "ustomer-7", 0, 2)), otherSecret.Derive(Label),
        };
        Assert.Equal(keys.Length, keys.Select(static key => key.DangerousReveal().Key).Distinct().Count());
        Assert.Equal(keys.Length, keys.Select(static key => key.Id).Distinct().Count());
        Assert.All(keys, static key => key.Dispose());
    }

    [Fact]
    public void Commitment_OpensWithItsKeyOnly()
    {
        using var secret = new MarkMasterSecret(new byte[32]);
        using var key = secret.Derive(Label);
        var (revealed, nonce) = key.DangerousReveal();
        var bytes = Convert.FromHexString(revealed);
        Assert.True(MarkKey.Opens(key.Commitment, 2, bytes, Convert.FromHexString(nonce)));
        Assert.False(MarkKey.Opens(key.Commitment, 1, bytes, Convert.FromHexString(nonce)));
        bytes[0] ^= 1;
        Assert.False(MarkKey.Opens(key.Commitment, 2, bytes, Convert.FromHexString(nonce)));
    }

    [Fact]
    public void Texts_ShowNoSecret()
    {
        using var secret = new MarkMasterSecret([.. Enumerable.Range(0, 32).Select(static i => (byte)i)]);
        using var key = secret.Derive(Label);
        var (revealed, nonce) = key.DangerousReveal();
        var said = $"{secret} {key} {key.Id} {key.Commitment} {key.Bits}";
        Assert.DoesNotContain(revealed, said, StringComparison.Ordinal);
        Assert.DoesNotContain(nonce, said, StringComparison.Ordinal);
        Assert.DoesNotContain("00010203", said, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "c", 0, 1)]
    [InlineData("t", "a\nb", 0, 1)]
    [InlineData("t", "c", -1, 1)]
    [InlineData("t", "c", 0, 5)]
    public void Label_AtFault_IsRefused(string tenant, string cohort, int epoch, int width)
    {
        using var secret = new MarkMasterSecret(new byte[32]);
        Assert.Throws<ArgumentException>(() => secret.Derive(new(tenant, cohort, epoch, width)));
    }
}
