using FsCheck;
using FsCheck.Fluent;
using Stillwatch.Reporting;

namespace Stillwatch.Tests.Reporting;

public sealed class WordingTests
{
    [Theory]
    [InlineData(212.4, "1 in 10^212")]
    [InlineData(6, "1 in 10^6")]
    [InlineData(5.9999, "1 in 990,000")]
    [InlineData(2.2, "1 in 150")]
    [InlineData(1, "1 in 10")]
    [InlineData(0.5, "1 in 3")]
    [InlineData(0, "no evidence")]
    [InlineData(-3, "no evidence")]
    [InlineData(double.NaN, "no evidence")]
    [InlineData(1234.5, "1 in 10^1234")]
    public void OneIn_EValue_IsTheBoundInWords(double log10, string words) => Assert.Equal(words, Wording.OneIn(log10));

    [Fact]
    public void OneIn_AnyEValue_NeverClaimsMoreThanTheEvidence()
    {
        var exponents = Gen.Choose(1, 599_999).Select(value => value / 100_000.0).ToArbitrary();
        Prop.ForAll(exponents, log10 =>
        {
            var claimed = double.Parse(Wording.OneIn(log10)[5..], System.Globalization.CultureInfo.InvariantCulture);
            var truth = Math.Pow(10, log10);
            Assert.InRange(claimed, truth > 10 ? truth * 0.9 : Math.Floor(truth), truth * (1 + 1e-12));
        }).QuickCheckThrowOnFailure();
    }

    [Theory]
    [InlineData(0, 0, "0 %")]
    [InlineData(1, 100_000, "under 0.1 %")]
    [InlineData(33, 1000, "3.3 %")]
    [InlineData(1, 3, "33 %")]
    [InlineData(5, 5, "100 %")]
    public void Share_PartOfWhole_IsAPercentage(long part, long whole, string share) => Assert.Equal(share, Wording.Share(part, whole));

    [Theory]
    [InlineData(1, "party", "1 party")]
    [InlineData(2, "party", "2 parties")]
    [InlineData(4812, "account", "4,812 accounts")]
    public void Count_Noun_AgreesInNumber(long count, string noun, string words) => Assert.Equal(words, Wording.Count(count, noun));

    [Theory]
    [InlineData(0.0004, "0.0004")]
    [InlineData(0.00001, "1.0e-5")]
    [InlineData(0, "0")]
    [InlineData(1, "1")]
    public void Probability_SmallOrNot_IsReadable(double probability, string words) =>
        Assert.Equal(words, Wording.Probability(probability));

    [Theory]
    [InlineData("shared-payment", "Shared payment")]
    [InlineData("", "Evidence")]
    public void Title_ReasonCode_ReadsAsAHeading(string code, string title) => Assert.Equal(title, Wording.Title(code));
}
