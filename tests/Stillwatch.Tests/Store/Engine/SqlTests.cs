using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Stillwatch.Store.Engine;

namespace Stillwatch.Tests.Store.Engine;

public sealed class SqlTests
{
    [Fact]
    public void Format_OfNumbers_WritesThemInvariantly()
    {
        Assert.Equal(
            "-9223372036854775808 18446744073709551615 -2147483648 4294967295 1 0",
            Sql.Format($"{long.MinValue} {ulong.MaxValue} {int.MinValue} {uint.MaxValue} {true} {false}").Text);
        Assert.Equal(
            "0.1 1E+300 nan inf -inf",
            Sql.Format($"{0.1} {1e300} {double.NaN} {double.PositiveInfinity} {double.NegativeInfinity}").Text);
    }

    [Theory]
    [InlineData("", "''")]
    [InlineData("plain", "'plain'")]
    [InlineData("it's", @"'it\'s'")]
    [InlineData(@"\", @"'\\'")]
    [InlineData(@"\'", @"'\\\''")]
    [InlineData("a\0b", @"'a\0b'")]
    [InlineData("a\nb", "'a\nb'")]
    [InlineData("日本", "'日本'")]
    public void Format_OfText_EscapesQuoteBackslashAndNul(string text, string expected) =>
        Assert.Equal(expected, Sql.Format($"{text}").Text);

    [Fact]
    public void Format_OfBytes_IsAscii()
    {
        byte[] bytes = [.. Enumerable.Range(0, 256).Select(static value => (byte)value)];
        var text = Sql.Format($"{bytes}").Text;
        Assert.True(Ascii.IsValid(text));
        Assert.Equal(text, Sql.Format($"{bytes.AsSpan()}").Text);
        Assert.StartsWith(@"'\x00\x01", text, StringComparison.Ordinal);
        Assert.Contains(@" !""#$%&\'()", text, StringComparison.Ordinal);
        Assert.EndsWith(@"\xFE\xFF'", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Format_OfAnyText_IsOneLiteral() => Check.One(
        Config.QuickThrowOnFailure.WithQuietOnSuccess(true),
        Prop.ForAll<NonNull<string>>(static text =>
        {
            var literal = Sql.Format($"{text.Get}").Text;
            return literal.Length >= 2 && EndOfLiteral(literal) == literal.Length && !literal.Contains('\0', StringComparison.Ordinal);
        }));

    [Fact]
    public void Format_OfLists_PutsCommasBetween()
    {
        ulong[] numbers = [1, 2];
        long[] signed = [-1];
        List<string> texts = ["a", "b'"];
        Assert.Equal(@"IN (1, 2) (-1) ('a', 'b\'')", Sql.Format($"IN ({numbers}) ({signed}) ({texts})").Text);
    }

    [Fact]
    public void Format_OfAnEmptyList_Throws() => Assert.Throws<ArgumentException>(() => Sql.Format($"IN ({Array.Empty<ulong>()})"));

    [Fact]
    public void Format_OfNoText_Throws() => Assert.Throws<ArgumentNullException>(() => Sql.Format($"{(string)null!}"));

    [Fact]
    public void Format_OfNamesTypesAndParts_LeavesThem()
    {
        var part = Sql.Of("a = ") + Sql.Format($"{"x"}");
        SqlIdentifier[] names = [SqlIdentifier.Of("a"), SqlIdentifier.Of("b")];
        Assert.Equal(
            "SELECT `a`, `b` FROM `d`.`t` WHERE a = 'x' -- Array(UInt64)",
            Sql.Format($"SELECT {names} FROM {SqlIdentifier.Of("d", "t")} WHERE {part} -- {ColumnType.Array(ColumnType.UInt64)}").Text);
        Assert.Equal("1 AND 2", Sql.Join(" AND ", [Sql.Of("1"), Sql.Of("2")]).Text);
        Assert.Equal("", default(Sql).Text);
    }

    [Theory]
    [InlineData("a")]
    [InlineData("_Tab_9")]
    public void Identifier_OfLettersDigitsUnderscores_IsQuoted(string name)
    {
        Assert.True(SqlIdentifier.IsValid(name));
        Assert.Equal($"`{name}`", SqlIdentifier.Of(name).ToString());
        Assert.Equal(name, SqlIdentifier.Of(name).Name);
    }

    [Theory]
    [InlineData("")]
    [InlineData("9a")]
    [InlineData("a b")]
    [InlineData("a`b")]
    [InlineData("a.b")]
    [InlineData("ä")]
    [InlineData("a\n")]
    [InlineData(null)]
    public void Identifier_OfOtherCharacters_IsRefused(string? name)
    {
        Assert.False(SqlIdentifier.IsValid(name));
        Assert.Throws<ArgumentException>(() => SqlIdentifier.Of(name!));
        Assert.Throws<ArgumentException>(() => SqlIdentifier.Of(name!, "a"));
    }

    [Fact]
    public void Identifier_LongerThanAFileNameAllows_IsRefused()
    {
        Assert.True(SqlIdentifier.IsValid(new('a', SqlIdentifier.MaxLength)));
        Assert.False(SqlIdentifier.IsValid(new('a', SqlIdentifier.MaxLength + 1)));
        Assert.Throws<InvalidOperationException>(() => default(SqlIdentifier).ToString());
    }

    [Fact]
    public void Settings_OfTwoSets_KeepTheLatter()
    {
        var first = QuerySettings.None.With("a", 1).With("b", 2).WithOptional("c", 3);
        var both = first.With(QuerySettings.None.With("b", "x").WithOptional("d", 4));
        Assert.Equal(
            [new("a", "1"), new("b", "x"), new("c", "3")],
            both.Resolve(new HashSet<string> { "c" }).OrderBy(static setting => setting.Key));
        Assert.Equal([new("a", "1"), new("b", "2")], first.Resolve(new HashSet<string>()));
        Assert.Empty(QuerySettings.None.Resolve(new HashSet<string>()));
        Assert.Throws<ArgumentException>(() => QuerySettings.None.With("a = 1, b", 1));
    }

    /// <summary>Where the literal that begins at the first character ends, by ClickHouse's lexer.</summary>
    private static int EndOfLiteral(string text)
    {
        for (var i = 1; i < text.Length; i++)
        {
            switch (text[i])
            {
                case '\\':
                    i++;
                    break;
                case '\'':
                    return i + 1;
                default:
                    break;
            }
        }

        return -1;
    }
}
