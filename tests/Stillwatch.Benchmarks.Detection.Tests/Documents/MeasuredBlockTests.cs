using Stillwatch.Benchmarks.Detection.Documents;

namespace Stillwatch.Benchmarks.Detection.Tests.Documents;

public sealed class MeasuredBlockTests
{
    private static readonly string[] Page =
    [
        "# Page", "", "<!-- measured: nulls --worlds 2 -->", "old", "<!-- end of what was measured -->", "text",
        "<!-- measured: scales --composer SHARED/c.py -->", "<!-- end of what was measured -->",
    ];

    [Fact]
    public void Find_APage_TellsEachPartAndItsCommand()
    {
        var blocks = MeasuredBlock.Find(Page);
        Assert.Equal(
            [new MeasuredBlock("nulls --worlds 2", 2, 4), new MeasuredBlock("scales --composer SHARED/c.py", 6, 7)], blocks);
    }

    [Fact]
    public void Replace_APart_LeavesTheRestOfThePageAlone()
    {
        var replaced = MeasuredBlock.Find(Page)[0].Replace(Page, "| a |\n| --- |\n\n");
        Assert.Equal(
            [
                "# Page", "", "<!-- measured: nulls --worlds 2 -->", "```", "./stillwatch-bench nulls --worlds 2", "```", "", "| a |",
                "| --- |", "", .. Page[4..],
            ],
            replaced);
        Assert.Equal(replaced, MeasuredBlock.Find(replaced)[0].Replace(replaced, "| a |\n| --- |\n"));
    }

    [Theory]
    [InlineData("<!-- end of what was measured -->", "line 1 ends")]
    [InlineData("<!-- measured: nulls -->", "line 1 begins")]
    [InlineData("<!-- measured: nulls -->\n<!-- measured: nulls -->", "line 1 begins")]
    public void Find_PartsThatDoNotPair_SaysWhere(string page, string expected)
    {
        var fault = Assert.Throws<FormatException>(() => MeasuredBlock.Find(page.Split('\n')));
        Assert.StartsWith(expected, fault.Message, StringComparison.Ordinal);
    }
}
