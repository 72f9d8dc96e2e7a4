using Stillwatch.Store.Engine;

namespace Stillwatch.Tests.Store.Engine;

public sealed class ServerErrorTests
{
    [Theory]
    [InlineData(
        "Code: 60. DB::Exception: Table x does not exist. (UNKNOWN_TABLE) (version 24.1.1 (official build))", 60,
        "Table x does not exist. (UNKNOWN_TABLE)")]
    [InlineData("Code: 60. DB::Exception: Table x does not exist. (UNKNOWN_TABLE)\n", 60, "Table x does not exist. (UNKNOWN_TABLE)")]
    [InlineData(
        "Code: 395, e.displayText() = DB::Exception: Value passed, e.what() = DB::Exception\n", 395, "Value passed")]
    [InlineData("Code: 62, e.displayText() = DB::Exception: Syntax error: a,\nb, e.what() = DB::Exception", 62, "Syntax error: a,\nb")]
    [InlineData("<html>not found</html>", 0, "<html>not found</html>")]
    [InlineData("Code: 99999999999999. DB::Exception: x", 0, "x")]
    [InlineData("", 0, "ClickHouse gave no reason")]
    public void Parse_OfBothForms_FindsCodeAndMessage(string text, int code, string message)
    {
        var parsed = ServerError.Parse(text);
        Assert.Equal(code, parsed.Code);
        Assert.Equal(message, parsed.Message);
    }

    [Fact]
    public void Parse_OfALongText_CutsIt()
    {
        var (code, message) = ServerError.Parse($"Code: 1. DB::Exception: {new string('x', 100_000)}");
        Assert.Equal(1, code);
        Assert.Equal(601, message.Length);
    }

    [Theory]
    [InlineData("Code: 243. DB::Exception: Cannot reserve 1.00 MiB, not enough space. (NOT_ENOUGH_SPACE)")]
    [InlineData("Code: 75. DB::Exception: Cannot write to file: , errno: 28, strerror: No space left on device. (CANNOT_WRITE)")]
    public void Of_AFullDisk_IsAnUnavailableStore(string text)
    {
        var told = Assert.IsType<StoreUnavailableException>(ServerError.Of(text, "INSERT"));
        Assert.Contains("disk of the store is full", told.Message, StringComparison.Ordinal);
        Assert.True(told.OutcomeUnknown);
    }

    [Fact]
    public void Of_AnyOther_QuotesTheStatementShortly()
    {
        var told = Assert.IsType<ClickHouseException>(ServerError.Of("Code: 7. DB::Exception: no", $"SELECT\n1 {new string('y', 1000)}"));
        Assert.Equal(7, told.Code);
        Assert.StartsWith("no (code 7, in: SELECT 1 yyy", told.Message, StringComparison.Ordinal);
        Assert.True(told.Message.Length < 400);
    }
}
