using System.Text;
using Stillwatch.Simulation.Grammar;

namespace Stillwatch.Simulation.Tests.Grammar;

public sealed class PhraseBookTests
{
    private static readonly UTF8Encoding Strict = new(false, throwOnInvalidBytes: true);

    [Fact]
    public void Resources_EveryProduction_WritesWholeText()
    {
        var writer = new PhraseWriter(PhraseBook.Shared, Lexicon.Shared);
        var voice = Voice.Personal(3, Lexicon.Shared.Topics.Count);
        foreach (var name in PhraseBook.Shared.Names)
        {
            for (var key = 0UL; key < 200; key++)
            {
                writer.Begin(key, voice);
                writer.Write(PhraseBook.Shared[name]);
                var text = Strict.GetString(writer.Take().Span);
                Assert.DoesNotContain("${", text, StringComparison.Ordinal);
                Assert.DoesNotContain("$[", text, StringComparison.Ordinal);
                Assert.InRange(text.Length, 0, 4000);
            }
        }
    }

    [Fact]
    public void Lexicon_HasFortyTopicsAndThousandsOfWords()
    {
        var words = Lexicon.Shared.Topics.SelectMany(topic => topic.Nouns.Concat(topic.Verbs).Concat(topic.Adjectives));
        Assert.True(Lexicon.Shared.Topics.Count >= 40);
        Assert.True(words.Select(Encoding.UTF8.GetString).Distinct().Count() > 2000);
    }

    [Fact]
    public void Write_EqualKeysAndVoices_GiveEqualText()
    {
        const string file = "[a]\n$noun $verb $person $int $coined $project";
        var voice = Voice.Personal(9, Lexicon.Shared.Topics.Count);
        Assert.Equal(Text(file, "a", 5, voice), Text(file, "a", 5, voice));
        Assert.NotEqual(Text(file, "a", 5, voice), Text(file, "a", 6, voice));
    }

    [Theory]
    [InlineData("[a]\nplain $$ and\\nline", "plain $ and\nline")]
    [InlineData("[a]\n$b$b\n[b]\nx", "xx")]
    [InlineData("[a]\n${^b}\n[b]\nword", "Word")]
    [InlineData("[a]\n$[x|x]y", "xy")]
    [InlineData("[a]\n$[$[x|x]|x]", "x")]
    [InlineData("[words a]\ntwo_words", "two words")]
    [InlineData("# note\n[a]\nfirst$b\n[b]\nx[1]", "firstx[1]")]
    public void Compile_EveryForm_WritesWhatItSays(string file, string expected) =>
        Assert.Equal(expected, Text(file, "a", 1, Voice.Of(1, 0)));

    [Theory]
    [InlineData("before any production")]
    [InlineData("[a]\n$missing")]
    [InlineData("[a]\n$[open|choice")]
    [InlineData("[a]\ncosts 5 $ today")]
    public void Compile_AMistake_IsReported(string file) => Assert.Throws<FormatException>(() => PhraseBookCompiler.Compile([file]));

    private static string Text(string file, string production, ulong key, in Voice voice)
    {
        const string names = "[words place]\nRome\n[words firstname]\nAda\n[words lastname]\nByron\n[words month]\nMay";
        var book = PhraseBookCompiler.Compile([file, names]);
        var writer = new PhraseWriter(book, Lexicon.Shared);
        writer.Begin(key, voice);
        writer.Write(book[production]);
        return Strict.GetString(writer.Take().Span);
    }
}
