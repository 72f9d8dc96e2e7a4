using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Stillwatch.Interactions;
using Stillwatch.Sketching;
using Stillwatch.Store;

namespace Stillwatch.Tests.Store;

public sealed class StoreKeysTests
{
    [Theory]
    [InlineData(null)]
    [InlineData("")]
    public void Text_OfNothing_IsZero(string? text) => Assert.Equal(0ul, StoreKeys.Text(LabelKind.Agent, text));

    [Fact]
    public void Text_OfAnyLength_IsTheHashOfItsUtf8SeededByKind() =>
        Prop.ForAll(ArbMap.Default.GeneratorFor<NonEmptyString>().ToArbitrary(), static text =>
        {
            var expected = XxHash64.Hash(Encoding.UTF8.GetBytes(text.Get), (ulong)LabelKind.Model);
            return StoreKeys.Text(LabelKind.Model, text.Get) == (expected == 0 ? 1 : expected);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Text_LongerThanTheStackBuffer_IsHashedWhole()
    {
        var text = new string('é', 3000);
        Assert.Equal(XxHash64.Hash(Encoding.UTF8.GetBytes(text), (ulong)LabelKind.Agent), StoreKeys.Text(LabelKind.Agent, text));
        Assert.NotEqual(StoreKeys.Text(LabelKind.Agent, text), StoreKeys.Text(LabelKind.Agent, text + "x"));
    }

    [Fact]
    public void Text_OfAnotherKind_IsAnotherName()
    {
        var names = Enum.GetValues<LabelKind>().Select(static kind => StoreKeys.Text(kind, "same"));
        Assert.Equal(Enum.GetValues<LabelKind>().Length, names.Distinct().Count());
    }

    [Theory]
    [InlineData("DE", "DE")]
    [InlineData("us", "US")]
    [InlineData("D", null)]
    [InlineData("DEU", null)]
    [InlineData("4X", null)]
    [InlineData("ÄÖ", null)]
    [InlineData(null, null)]
    public void Country_OfTwoLetters_ReadsBack(string? code, string? expected) =>
        Assert.Equal(expected, StoreKeys.CountryCode(StoreKeys.Country(code)));

    [Fact]
    public void Network_OfNeighbours_IsOne()
    {
        var (one, other, far) = (Address("198.51.100.7"), Address("198.51.100.250"), Address("198.51.101.7"));
        Assert.Equal(StoreKeys.Network(one), StoreKeys.Network(other));
        Assert.NotEqual(StoreKeys.Network(one), StoreKeys.Network(far));
        Assert.NotEqual(StoreKeys.Address(one), StoreKeys.Address(other));
    }

    [Fact]
    public void Interaction_DiffersByEveryPart()
    {
        ulong[] keys =
        [
            StoreKeys.Interaction("a", 1, 1), StoreKeys.Interaction("b", 1, 1),
            StoreKeys.Interaction("a", 2, 1), StoreKeys.Interaction("a", 1, 2),
        ];
        Assert.Equal(4, keys.Distinct().Count());
    }

    [Fact]
    public void Of_WithoutId_TellsContentsApartAndRepeatsAlike()
    {
        ulong Key(string content) => StoreKeys.Of(SampleInteraction.Create(id: null, prompt: content), 7);
        Assert.Equal(Key("one"), Key("one"));
        Assert.NotEqual(Key("one"), Key("two"));
    }

    private static ClientAddress Address(string text)
    {
        Assert.True(ClientAddress.TryParse(Encoding.UTF8.GetBytes(text), out var address));
        return address;
    }
}
