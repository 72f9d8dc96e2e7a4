using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Stillwatch.Sketching;

namespace Stillwatch.Tests.Sketching;

public sealed class PromptScannerTests
{
    private static readonly string[] Pieces =
    [
        "a", "Word", "ß", "ÉTÉ", "шаг", "ШАГ", "推理", "を", "ไทย", "7", "2048", " ", ", ", ". ", "\n", "!", "。", "؟", "'", "—", "\u0301",
        "😀", "_",
    ];

    [Fact]
    public void Next_OverAnyText_AgreesWithReadingItLetterByLetter()
    {
        var texts = Gen.Elements(Pieces).ListOf(40).Select(static pieces => string.Concat(pieces));
        Prop.ForAll(texts.ToArbitrary(), static text => Scan(Encoding.UTF8.GetBytes(text)).SequenceEqual(Expected(text)))
            .QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Next_OverAnyBytes_EndsAndStaysWithinThem() =>
        Prop.ForAll(ArbMap.Default.GeneratorFor<byte[]>().ToArbitrary(), static bytes => Scan(bytes).Count <= bytes.Length)
            .QuickCheckThrowOnFailure();

    [Fact]
    public void Next_OverInvalidUtf8_TakesItForABreakBetweenWords() =>
        Assert.Equal(Scan("ab cd"u8), Scan([.. "ab"u8, 0xff, .. "cd"u8]));

    [Theory]
    [InlineData("Straße", "STRASSE", false)]
    [InlineData("naïve", "NAÏVE", true)]
    [InlineData("42", "7", true)]
    public void Word_OfTexts_IsTheSameButForCaseAndFigures(string one, string other, bool same) =>
        Assert.Equal(same, Scan(Encoding.UTF8.GetBytes(one)).SequenceEqual(Scan(Encoding.UTF8.GetBytes(other))));

    private static List<(PromptToken Token, ulong Word, int Length)> Scan(ReadOnlySpan<byte> text)
    {
        var found = new List<(PromptToken, ulong, int)>();
        var scanner = new PromptScanner(text);
        for (var token = scanner.Next(); token != PromptToken.End; token = scanner.Next())
        {
            found.Add(token == PromptToken.Word ? (token, scanner.Word, scanner.WordLength) : (token, 0, 0));
        }

        return found;
    }

    /// <summary>The same, slowly: runs of letters, runs of digits, single ideographs.</summary>
    private static List<(PromptToken Token, ulong Word, int Length)> Expected(string text)
    {
        var found = new List<(PromptToken, ulong, int)>();
        var runes = text.EnumerateRunes().ToArray();
        for (var index = 0; index < runes.Length;)
        {
            var run = runes.Skip(index).TakeWhile(IsLetter).ToArray();
            var digits = runes.Skip(index).TakeWhile(static rune => rune.Value is >= '0' and <= '9').Count();
            if (run.Length > 0)
            {
                found.Add((PromptToken.Word, Hash(run), run.Sum(static rune => rune.Utf8SequenceLength)));
            }
            else if (digits > 0)
            {
                found.Add((PromptToken.Word, PromptScanner.Number, 0));
            }
            else if (CharacterClass.IsIdeographic(runes[index]) && Rune.IsLetter(runes[index]))
            {
                var hash = XxHash64.Avalanche((uint)runes[index].Value + 0xcbf29ce484222325);
                found.Add((PromptToken.Word, hash, runes[index].Utf8SequenceLength));
            }
            else if (CharacterClass.EndsPhrase(runes[index]) || "\n\r.!?:;".Contains(runes[index].ToString(), StringComparison.Ordinal))
            {
                found.Add((PromptToken.PhraseEnd, 0, 0));
            }

            index += Math.Max(1, Math.Max(run.Length, digits));
        }

        return found;
    }

    private static bool IsLetter(Rune rune) => Rune.IsLetter(rune) && !CharacterClass.IsIdeographic(rune);

    private static ulong Hash(Rune[] word) => XxHash64.Avalanche(word.Aggregate(
        0xcbf29ce484222325, static (hash, rune) => (hash ^ (uint)Rune.ToLowerInvariant(rune).Value) * 0x100000001b3));
}
