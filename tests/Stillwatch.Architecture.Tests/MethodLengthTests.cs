namespace Stillwatch.Architecture.Tests;

public sealed class MethodLengthTests
{
    private static readonly IReadOnlyList<MethodLength> Product =
    [
        .. Repository.ProductAssemblies.SelectMany(name => MethodLengths.Read(Repository.Assembly(name))),
    ];

    [Fact]
    public void Methods_NoneOfTheProduct_IsLongerThan60Lines() =>
        Violations.AssertNone(
            Product.Where(method => method.Lines > 60).Select(method => $"{method.Path}: {method.Name} has {method.Lines} lines."));

    [Theory]
    [InlineData(0.5, 8)]
    [InlineData(0.9, 25)]
    public void Methods_OfTheProduct_AreShort(double share, int lines)
    {
        var lengths = Product.Select(method => method.Lines).Order().ToList();
        Assert.InRange(lengths[(int)(share * (lengths.Count - 1))], 0, lines);
    }

    [Theory]
    [InlineData("OneLine", 1)]
    [InlineData("Block", 3)]
    [InlineData("BlockWithLambda", 6)]
    [InlineData("WrappedExpression", 2)]
    [InlineData("<IteratorBlock>", 2)]
    public void Lines_OfAKnownMethod_AreCounted(string method, int lines) =>
        Assert.Equal(lines, Measured(method));

    [Fact]
    public void Lines_OfAConstructor_AreThoseWithCode() => Assert.Equal(6, Measured(".ctor"));

    private static int Measured(string method) =>
        Assert.Single(
            MethodLengths.Read(Repository.Assembly("Stillwatch.Architecture.Tests")),
            measured => $"{measured.Name}.".Contains($"MeasuredMethods.{method}", StringComparison.Ordinal)
                && (method[0] == '<' || measured.Name.EndsWith(method, StringComparison.Ordinal))).Lines;
}
