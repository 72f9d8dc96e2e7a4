using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Stillwatch.Provenance.Tokenising;
using Stillwatch.Statistics;

namespace Stillwatch.Provenance.Tests.Tokenising;

/// <summary>Small tokenisers: against the obvious encoding, on long runs, and on files that are broken.</summary>
public sealed class BytePairTokeniserTests
{
    private static readonly string[] Merged = ["aa", "ab", "aaaa", "ba", "aab", "abab", "bb", " a", " ab", "aaaaaaaa", "cab", "bc"];

    [Fact]
    public void Encode_OnRandomTexts_IsTheObviousEncoding()
    {
        var tokeniser = Tiktoken(Ranks());
        var ranks = Tokens().Select(static (token, rank) => KeyValuePair.Create(token, rank)).ToDictionary();
        var generator = new SeededGenerator(63);
        for (var round = 0; round < 3000; round++)
        {
            var text = string.Concat(Enumerable.Range(0, generator.Next(40)).Select(_ => "aaabbc"[generator.Next(6)]));
            Assert.Equal(Obvious(text, ranks), tokeniser.Encode(text));
        }
    }

    /// <summary>The published way looks through all pairs again after each merge, and takes hours for this.</summary>
    [Theory]
    [InlineData("a")]
    [InlineData("ab")]
    [InlineData(" ")]
    [InlineData("\n ")]
    [InlineData("é")]
    [InlineData("\U00020000")]
    public void Encode_OfALongRun_TakesSeconds(string unit)
    {
        var text = new StringBuilder().Insert(0, unit, 400_000).ToString();
        var watch = Stopwatch.StartNew();
        var ids = Tiktoken(Ranks()).Encode(text);
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(60), $"{watch.Elapsed}");
        Assert.Equal(Encoding.UTF8.GetBytes(text), Tiktoken(Ranks()).Decode(ids));
        Assert.True(unit != "a" || ids.Length == 50_000, "A run is eight letters a token.");
    }

    [Fact]
    public void Encode_OfRandomUtf16_DecodesToItsBytes()
    {
        var (tokeniser, json, generator) = (Tiktoken(Ranks()), Json(JsonFile()), new SeededGenerator(64));
        for (var round = 0; round < 2000; round++)
        {
            var text = string.Concat(Enumerable.Range(0, generator.Next(30)).Select(_ => (char)generator.Next(0x10000)));
            foreach (var one in new[] { tokeniser, json })
            {
                // Half a surrogate pair alone is U+FFFD in UTF-8.
                Assert.Equal(Encoding.UTF8.GetBytes(text), one.Decode(one.Encode(text)));
            }
        }
    }

    [Fact]
    public void Json_WithAddedTokens_TakesTheLongestOfThem()
    {
        var file = JsonFile();
        file["added_tokens"] = new JsonArray(Added(900, "<x>"), Added(901, "<x>y"), Added(902, "aa"));
        var tokeniser = Json(file);
        var a = file["model"]!["vocab"]!["a"]!.GetValue<int>();
        Assert.Equal([a, 900, 902, 901], tokeniser.Encode("a<x>aa<x>y"));
        Assert.Equal("a<x>aa<x>y", Encoding.UTF8.GetString(tokeniser.Decode([a, 900, 902, 901])));
        Assert.Equal(903, tokeniser.Vocabulary);
        Assert.Throws<ArgumentOutOfRangeException>(() => tokeniser.Decode([899]));
        Assert.Throws<ArgumentOutOfRangeException>(() => tokeniser.Decode([-1]));

        static JsonObject Added(int id, string text) => new() { ["id"] = id, ["content"] = text, ["special"] = true };
    }

    [Theory]
    [InlineData("model/type", "\"WordPiece\"")]
    [InlineData("model/dropout", "0.1")]
    [InlineData("model/byte_fallback", "true")]
    [InlineData("model/end_of_word_suffix", "\"</w>\"")]
    [InlineData("model/merges", "[\"a q\"]")]
    [InlineData("model/merges", "[\"a\"]")]
    [InlineData("model/merges", "[[\"a\",\"zz\"]]")]
    [InlineData("model/vocab", "{\"a\":0}")]
    [InlineData("normalizer", "{\"type\":\"Lowercase\"}")]
    [InlineData("pre_tokenizer", "null")]
    [InlineData("pre_tokenizer", "{\"type\":\"Metaspace\"}")]
    [InlineData("pre_tokenizer", "{\"type\":\"ByteLevel\",\"add_prefix_space\":true}")]
    [InlineData("pre_tokenizer", "{\"type\":\"Split\",\"behavior\":\"Removed\",\"pattern\":{\"String\":\" \"}}")]
    [InlineData("pre_tokenizer", "{\"type\":\"Split\",\"behavior\":\"Isolated\",\"pattern\":{\"Regex\":\"(\"}}")]
    [InlineData("added_tokens", "[{\"id\":900,\"content\":\"x\",\"lstrip\":true}]")]
    [InlineData("added_tokens", "[{\"id\":-1,\"content\":\"x\"}]")]
    [InlineData("added_tokens", "[{\"id\":99999999,\"content\":\"x\"}]")]
    [InlineData("added_tokens", "[{\"id\":1,\"content\":\"\"}]")]
    public void Json_ThatAsksForSomethingElse_IsRefused(string member, string value)
    {
        var file = JsonFile();
        var path = member.Split('/');
        var parent = path.Length == 2 ? file[path[0]]! : file;
        parent[path[^1]] = JsonNode.Parse(value);
        Assert.NotEmpty(Assert.Throws<InvalidDataException>(() => Json(file)).Message);
    }

    [Theory]
    [InlineData("")]
    [InlineData("YQ== 0\n")]
    [InlineData("YQ==\n")]
    [InlineData("!! 0\n")]
    [InlineData("YQ== -1\n")]
    [InlineData("YQ== 99999999999\n")]
    [InlineData("YQ== 0x1\n")]
    [InlineData("{\"version\":\"1.0\"}")]
    public void Ranks_ThatAreNone_AreRefused(string file) =>
        Assert.NotEmpty(Assert.Throws<InvalidDataException>(() => Tiktoken(file)).Message);

    [Fact]
    public void Ranks_WithATokenOrARankTwice_AreRefused()
    {
        Assert.Throws<InvalidDataException>(() => Tiktoken(Ranks() + "YQ== 5000\n"));
        Assert.Throws<InvalidDataException>(() => Tiktoken(Ranks() + "eHh4 0\n"));
    }

    /// <summary>Whatever is in a file, it is read or refused, and nothing else.</summary>
    [Fact]
    public void Files_WithRandomChanges_AreReadOrRefused()
    {
        var generator = new SeededGenerator(65);
        var (ranks, json) = (Encoding.UTF8.GetBytes(Ranks()), Encoding.UTF8.GetBytes(JsonFile().ToJsonString()));
        var refused = 0;
        for (var round = 0; round < 4000; round++)
        {
            var file = (round % 2 == 0 ? ranks : json).ToArray();
            for (var changes = 1 + generator.Next(4); changes > 0; changes--)
            {
                var change = generator.Next(2) == 0 ? generator.Next(256) : "0\"{}[],:\n "[generator.Next(10)];
                file[generator.Next(file.Length)] = (byte)change;
            }

            var length = generator.Next(4) == 0 ? generator.Next(file.Length) : file.Length;
            try
            {
                using var stream = new MemoryStream(file, 0, length);
                var tokeniser = round % 2 == 0 ? TokeniserFile.ReadTiktoken(stream, SplitPattern.Gpt2) : TokeniserFile.ReadJson(stream);
                tokeniser.Encode("a text of some words: abab aaaa 12");
            }
            catch (InvalidDataException)
            {
                refused++;
            }
        }

        Assert.InRange(refused, 500, 3990);
    }

    [Fact]
    public void Pattern_ThatIsNotKnown_IsRefused() =>
        Assert.Throws<ArgumentException>(() => TokeniserFile.ReadTiktoken(Stream.Null, "p50k"));

    private static List<int> Obvious(string text, Dictionary<string, int> ranks)
    {
        var parts = text.Select(static letter => letter.ToString()).ToList();
        while (!ranks.ContainsKey(text) || parts.Count > 1)
        {
            var best = Enumerable.Range(0, Math.Max(0, parts.Count - 1))
                .Where(i => ranks.ContainsKey(parts[i] + parts[i + 1]))
                .OrderBy(i => ranks[parts[i] + parts[i + 1]]).ThenBy(static i => i)
                .Select(static i => (int?)i).FirstOrDefault();
            if (best is not { } at)
            {
                break;
            }

            parts[at] += parts[at + 1];
            parts.RemoveAt(at + 1);
        }

        return ranks.TryGetValue(text, out var whole) ? [whole] : [.. parts.Select(part => ranks[part])];
    }

    /// <summary>All bytes, as Latin-1, and some longer ones.</summary>
    private static IEnumerable<string> Tokens() => Enumerable.Range(0, 256).Select(static value => ((char)value).ToString()).Concat(Merged);

    private static string Ranks() => string.Concat(Tokens().Select(static (token, rank) =>
        string.Create(CultureInfo.InvariantCulture, $"{Convert.ToBase64String(Encoding.Latin1.GetBytes(token))} {rank}\n")));

    private static JsonObject JsonFile()
    {
        var (vocabulary, next) = (new JsonObject(), 0);
        foreach (var token in Tokens())
        {
            var text = string.Concat(token.Select(static letter => ByteLetters.Of((byte)letter)));
            vocabulary[text] = next++;
        }

        return new()
        {
            ["added_tokens"] = new JsonArray(),
            ["normalizer"] = null,
            ["pre_tokenizer"] = new JsonObject { ["type"] = "ByteLevel", ["add_prefix_space"] = false },
            ["model"] = new JsonObject
            {
                ["type"] = "BPE",
                ["vocab"] = vocabulary,
                ["merges"] = new JsonArray("a a", "a b", new JsonArray("aa", "aa"), "b a", "aa b"),
            },
        };
    }

    private static BytePairTokeniser Tiktoken(string file) =>
        TokeniserFile.ReadTiktoken(new MemoryStream(Encoding.UTF8.GetBytes(file)), SplitPattern.Gpt2);

    private static BytePairTokeniser Json(JsonObject file) =>
        TokeniserFile.ReadJson(new MemoryStream(Encoding.UTF8.GetBytes(file.ToJsonString())));
}
