namespace Stillwatch.Architecture.Tests;

public sealed class FolderDirectionTests
{
    /// <summary>Types of this assembly that break an order of their own, each in another way.</summary>
    private static readonly FolderOrder Sample =
        new("Stillwatch.Architecture.Tests.Sample", ["Early", "Late"], Aside: "Aside", AsideFrom: "Late");

    private static readonly Lazy<IReadOnlyList<string>> SampleViolations =
        new(() => Sample.Violations(Repository.Assembly("Stillwatch.Architecture.Tests")));

    [Fact]
    public void Folders_OfTheLibrary_PointOneWay() =>
        Violations.AssertNone(FolderOrder.Stillwatch.Violations(Repository.Assembly("Stillwatch")));

    [Fact]
    public void Folders_OfProvenance_PointOneWay() =>
        Violations.AssertNone(FolderOrder.Provenance.Violations(Repository.Assembly("Stillwatch.Provenance")));

    [Theory]
    [InlineData("InBase", "Thing")]
    [InlineData("InInterface", "IThing")]
    [InlineData("InField", "Thing")]
    [InlineData("InGenericArgument", "Thing")]
    [InlineData("InParameter", "Thing")]
    [InlineData("InConstraint", "IThing")]
    [InlineData("InAttribute", "MarkAttribute")]
    [InlineData("InAttributeArgument", "Thing")]
    [InlineData("InTypeof", "Thing")]
    [InlineData("InStaticCall", "Tool")]
    [InlineData("InGenericCall", "Thing")]
    [InlineData("InStaticField", "Tool")]
    [InlineData("InLambda", "Tool")]
    [InlineData("InIterator", "Tool")]
    [InlineData("InAsync", "Tool")]
    [InlineData("InCatch", "TroubleException")]
    [InlineData("InCast", "Thing")]
    [InlineData("InExtensionCall", "Tool")]
    [InlineData("InPartialName", "Thing")]
    public void Folders_EarlierNamesLater_IsFound(string early, string late) =>
        Assert.Contains($"{Sample.Root}.Early.{early} names {Sample.Root}.Late.{late}.", SampleViolations.Value);

    [Fact]
    public void Folders_AsideNamesAnother_IsFound() =>
        Assert.Contains($"{Sample.Root}.Aside.Leaning names {Sample.Root}.Early.Innocent.", SampleViolations.Value);

    [Fact]
    public void Folders_NameAsideTooEarly_IsFound() =>
        Assert.Contains($"{Sample.Root}.Early.TooEarly names {Sample.Root}.Aside.Standing.", SampleViolations.Value);

    [Fact]
    public void Folders_UnknownFolder_IsFound()
    {
        var withoutLate = Sample with { Folders = ["Early"], AsideFrom = "Early" };
        Assert.Contains(
            $"{Sample.Root}.Late.Thing is in a folder that has no place in the order.",
            withoutLate.Violations(Repository.Assembly("Stillwatch.Architecture.Tests")));
    }

    [Fact]
    public void Folders_LaterNamesEarlierOrAside_IsNoViolation() =>
        Assert.DoesNotContain(SampleViolations.Value, violation => violation.Contains("Late.Proper names", StringComparison.Ordinal)
            || violation.Contains("Early.Innocent names", StringComparison.Ordinal));
}
