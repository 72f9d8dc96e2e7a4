using System.Text;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using Stillwatch.Interactions.Formats;

namespace Stillwatch.Tests.Interactions.Formats;

public sealed class JsonTextTests
{
    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("""\"\\\/\b\f\n\r\t""", "\"\\/\b\f\n\r\t")]
    [InlineData("""\u00e9\u00E9\u20AC""", "éé€")]
    [InlineData("""\uD83D\uDE00!""", "😀!")]
    [InlineData("""a\u0000b""", "a\0b")]
    [InlineData("""\ud83d""", "\uFFFD")]
    [InlineData("""\ude00""", "\uFFFD")]
    [InlineData("""\ud83dx""", "\uFFFDx")]
    [InlineData("""\ud83d\n""", "\uFFFD\n")]
    [InlineData("""\ud83d\ud83d\ude00""", "\uFFFD😀")]
    [InlineData("""\ude00\ud83d""", "\uFFFD\uFFFD")]
    public void Unescape_Escapes_GivePlainText(string escaped, string plain) => Assert.Equal(plain, Unescape(escaped));

    [Fact]
    public void Unescape_WhatTheSerializerEscapes_IsTheOriginal() =>
        Prop.ForAll(ArbMap.Default.GeneratorFor<string>().ToArbitrary(), static text =>
        {
            var well = new string([.. (text ?? "").Select(static c => char.IsSurrogate(c) ? '\u4E2D' : c)]);
            return Unescape(JsonSerializer.Serialize(well)[1..^1]) == well;
        }).QuickCheckThrowOnFailure();

    private static string Unescape(string escaped)
    {
        var utf8 = Encoding.UTF8.GetBytes(escaped);
        var plain = new byte[utf8.Length];
        return Encoding.UTF8.GetString(plain, 0, JsonText.Unescape(utf8, plain));
    }
}
