namespace Stillwatch.Architecture.Tests;

public sealed class SourceRulesTests
{
    [Fact]
    public void Sources_OfTheProduct_KeepTheRules() =>
        Violations.AssertNone(Repository.SourceFiles("src").SelectMany(Check));

    [Fact]
    public void Sources_OfTestsAndBenchmarks_KeepTheRulesButForNames() =>
        Violations.AssertNone(Repository.SourceFiles("tests", "benchmarks")
            .Where(path => !path.Contains("/Sample/", StringComparison.Ordinal)
                && !path.EndsWith("SourceRulesTests.cs", StringComparison.Ordinal))
            .SelectMany(Check)
            .Where(violation => !violation.Contains(" declares ", StringComparison.Ordinal)));

    [Theory]
    [InlineData("// TODO: later", "F.cs:1 says TODO")]
    [InlineData("    #region Fields", "F.cs:1 opens a region")]
    [InlineData("    // var x = Compute(y);", "F.cs:1 looks like code")]
    [InlineData("    // }", "F.cs:1 looks like code")]
    [InlineData("public sealed class F;\npublic sealed class G;", "F.cs declares F and G")]
    [InlineData("public sealed class F;\npublic readonly record struct G(int X);", "F.cs declares F and G")]
    [InlineData("public sealed class G;", "F.cs declares G; a file is named after its type")]
    public void File_ThatBreaksARule_IsFound(string content, string violation) =>
        Assert.Contains(
            SourceRules.Violations("F.cs", content.Split('\n')),
            found => found.StartsWith(violation, StringComparison.Ordinal));

    [Theory]
    [InlineData("    // The first bound is the tighter one; the second holds for long inputs.")]
    [InlineData("/// <summary>Reads; then stops.</summary>")]
    [InlineData("public sealed class F;\ninternal enum Kind { A }")]
    [InlineData("public sealed partial class F<T>")]
    public void File_ThatKeepsTheRules_IsNotBlamed(string content) =>
        Assert.Empty(SourceRules.Violations("F.cs", content.Split('\n')));

    [Fact]
    public void File_TooLongOrTooWide_IsFound()
    {
        Assert.Single(SourceRules.Violations("F.cs", [.. Enumerable.Repeat("// text", SourceRules.MaxFileLines)]));
        Assert.Single(SourceRules.Violations("F.cs", [new string('x', SourceRules.MaxLineLength + 1)]));
    }

    private static IEnumerable<string> Check(string path) => SourceRules.Violations(path, File.ReadAllLines(Repository.PathOf(path)));
}
