using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using Stillwatch.Evidence.Sharing.Stix.Patterns;

namespace Stillwatch.Evidence.Tests.Sharing.Stix;

public sealed class PatternTests
{
    private static readonly Gen<string> Texts =
        Gen.Elements("", "a", "'", "\\", "\\'", "] OR [x:y = 'z", "\u20ac\n", "//", "/*", "t'", "\ud83d\ude00", "a b").ListOf(2)
            .Select(static parts => string.Concat(parts));

    /// <summary>The specification's examples and the pass and fail lists of the OASIS validator.</summary>
    [Fact]
    public void Parse_PublishedPatterns_AcceptsAndRefusesAsTheReferenceValidator()
    {
        var patterns = SharedFolder.Lines("stix/patterns.jsonl.gz").Select(line => JsonDocument.Parse(line).RootElement).ToList();
        Assert.True(patterns.Count >= 87);
        Assert.All(patterns, static item =>
        {
            var pattern = item.GetProperty("pattern").GetString()!;
            Assert.True(Parses(pattern) == item.GetProperty("valid").GetBoolean(), pattern);
        });
    }

    [Fact]
    public void Write_PublishedPatterns_ReadBackAsTheSame() => Assert.All(
        SharedFolder.Lines("stix/patterns.jsonl.gz").Select(line => JsonDocument.Parse(line).RootElement)
            .Where(item => item.GetProperty("valid").GetBoolean()).Select(item => item.GetProperty("pattern").GetString()!),
        AssertReadsBack);

    [Theory]
    [InlineData("")]
    [InlineData("[")]
    [InlineData("[a:b = 'c'")]
    [InlineData("[a:b = 'c\\d']")]
    [InlineData("[a:b = 'c']]")]
    [InlineData("[a:b > true]")]
    [InlineData("[a:b LIKE 5]")]
    [InlineData("[a:b[x] = 5]")]
    [InlineData("[a:b IN ('x' 'y')]")]
    [InlineData("[a:b = h'0']")]
    [InlineData("[a:b = 'c'] START t'2026-01-01T00:00:00Z'")]
    [InlineData("[a-b:c-d = 1]")]
    [InlineData("[a:b = 'c'] /* open")]
    public void Parse_NoPattern_IsRefused(string pattern) => Assert.False(Parses(pattern));

    [Fact]
    public void Parse_NestingAndLength_AreBounded()
    {
        Assert.True(Parses(Nested(PatternParser.MaxDepth)));
        Assert.False(Parses(Nested(PatternParser.MaxDepth + 1)));
        Assert.False(Parses(Nested(30_000)));
        Assert.False(Parses($"[a:b = '{new string('x', PatternParser.MaxLength)}']"));
        Assert.True(Parses(string.Join(" OR ", Enumerable.Repeat("[a:b = 1]", 5000))));
    }

    [Fact]
    public void Equality_AnyValue_ReadsBackAsThatValue() => Prop.ForAll(
        Texts.ToArbitrary(),
        text =>
        {
            var parsed = PatternParser.Parse(PatternWriter.Equality(ObjectPath.Of("domain-name", "value"), text));
            var test = Assert.IsType<PropertyTest>(Assert.IsType<Observation>(parsed).Comparison);
            Assert.Equal(("domain-name:value", text), (test.Path.Plain, Assert.Single(test.Values).Text));
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Parse_FuzzedPatterns_AreReadOrRefused() => Prop.ForAll(
        Gen.Elements("[", "]", "(", ")", "a:b", " = ", "'x'", " AND ", " OR ", " NOT ", "EXISTS ", "IN", ",", "t'2026-01-01T00:00:00Z'",
            "WITHIN 5 SECONDS", " REPEATS 2 TIMES", "-1", ".5", "\\", "'", "*", "h'00'", " FOLLOWEDBY ").ListOf(12).ToArbitrary(),
        parts =>
        {
            var pattern = string.Concat(parts);
            if (Parses(pattern))
            {
                AssertReadsBack(pattern);
            }
        }).QuickCheckThrowOnFailure();

    private static void AssertReadsBack(string pattern)
    {
        var written = PatternWriter.Write(PatternParser.Parse(pattern));
        Assert.Equal(written, PatternWriter.Write(PatternParser.Parse(written)));
    }

    private static string Nested(int depth) => $"{new string('(', depth)}[a:b = 1]{new string(')', depth)}";

    private static bool Parses(string pattern)
    {
        try
        {
            PatternParser.Parse(pattern);
            return true;
        }
        catch (PatternSyntaxException)
        {
            return false;
        }
    }
}
