using System.Text;
using System.Text.Json;
using Stillwatch.Evidence.Tests;
using Stillwatch.Provenance.Tokenising;
using Stillwatch.Statistics;

namespace Stillwatch.Provenance.Tests.Tokenising;

/// <summary>The vocabularies of OpenAI, against OpenAI's tiktoken and Hugging Face's tokenizers.</summary>
public sealed class PublishedTokeniserTests : IDisposable
{
    private static readonly string[] Pieces =
    [
        "the", " the", "The", "THE", " quick", "ing", "'s", "'S", "'ll", "'LL", "’s", " don't",
        "1", "12", "123", "1234567", " 42", "٣٤", "Ⅷ",
        " ", "  ", "   ", "\t", "\n", "\n\n", "\r\n", " \n ", "\u00a0", "\u2003", "\u3000", "\u0085", "\u200b", "\u200d", "\ufeff", "\0",
        "\u001c", ".", "...", "!?", "(", ")", "{}", "=>", "//", "/", "-", "_", "#", "\"", "\\n",
        "<|endoftext|>", "<|end|>", "<|end|>of", "<tool>", "<|",
        "é", "e\u0301", "ß", "Ж", "дом", "中文", "日本語", "한국어", "עברית", "हिन्दी", "ไทย", "ǅ", "ʰ", "ª",
        "𠀀𠀁", "𝐀𝐛", "𝟙𝟚", "🙂", "👩‍👩‍👧", "🇩🇪", "𐐷𐐏", "𞤀", "\U000e0001", "\U0010ffff",
        "aaaa", "abcdefghijklmnop", "x = y + 1;", "for (int i = 0; i < n; i++)", "https://example.com/a?b=c",
    ];

    private readonly DirectoryInfo _scratch = Directory.CreateTempSubdirectory("stillwatch-tokens-");

    public void Dispose() => _scratch.Delete(recursive: true);

    [Theory]
    [InlineData("gpt2", SplitPattern.Gpt2)]
    [InlineData("cl100k_base", SplitPattern.Cl100k)]
    [InlineData("o200k_base", SplitPattern.O200k)]
    public async Task Ranks_OnTextsOfAllKinds_AreEncodedAsTiktokenDoes(string name, string pattern)
    {
        var file = await NodeOracle.RunAsync("tokenise.mjs", "", "ranks", name);
        var tokeniser = TokeniserFile.ReadTiktoken(new MemoryStream(Encoding.ASCII.GetBytes(file)), pattern);
        var texts = Texts(61);
        Compare(tokeniser, texts, await NodeOracle.RunAsync("tokenise.mjs", JsonSerializer.Serialize(texts), "tiktoken", name));
    }

    [Theory]
    [InlineData("gpt2", "no")]
    [InlineData("cl100k_base", "ignore_merges")]
    [InlineData("o200k_base", "no")]
    public async Task Json_OnTextsOfAllKinds_IsEncodedAsHuggingFaceDoes(string name, string option)
    {
        var file = await NodeOracle.RunAsync("tokenise.mjs", "", "json", name, option);
        var path = Path.Combine(_scratch.FullName, "tokenizer.json");
        await File.WriteAllTextAsync(path, file, TestContext.Current.CancellationToken);
        await using var stream = File.OpenRead(path);

        // JavaScript takes U+FEFF for white space and U+0085 for none; the library of Hugging Face in Rust, and tiktoken, do not.
        var texts = Texts(62).Where(static text => !text.AsSpan().ContainsAny('\ufeff', '\u0085')).ToArray();
        var answer = await NodeOracle.RunAsync("tokenise.mjs", JsonSerializer.Serialize(texts), "huggingface", path);
        Compare(TokeniserFile.ReadJson(stream), texts, answer);
    }

    private static void Compare(BytePairTokeniser tokeniser, string[] texts, string answer)
    {
        var expected = JsonSerializer.Deserialize<int[][]>(answer)!;
        Assert.Equal(texts.Length, expected.Length);
        for (var i = 0; i < texts.Length; i++)
        {
            var found = tokeniser.Encode(texts[i]);
            Assert.True(expected[i].AsSpan().SequenceEqual(found), $"{JsonSerializer.Serialize(texts[i])}: {string.Join(' ', found)}");
            Assert.Equal(Encoding.UTF8.GetBytes(texts[i]), tokeniser.Decode(found));
        }
    }

    private static string[] Texts(ulong seed)
    {
        var generator = new SeededGenerator(seed);
        var texts = new List<string> { "", " ", "a", new('a', 5000), new(' ', 5000), new('\n', 3000), string.Concat(Pieces) };
        for (var i = 0; i < 2000; i++)
        {
            var text = new StringBuilder();
            for (var pieces = 1 + generator.Next(12); pieces > 0; pieces--)
            {
                text.Append(Pieces[generator.Next(Pieces.Length)]);
            }

            texts.Add(text.ToString());
        }

        return [.. texts];
    }
}
