using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Stillwatch.Provenance.Tokenising;

/// <summary>The format of Hugging Face's Tokenizers (<c>tokenizer.json</c>), for byte-level byte-pair encoding.</summary>
internal static class TokenizerJson
{
    private const int MaxMerges = 1 << 22;

    public static TokeniserParts Read(ReadOnlyMemory<byte> file)
    {
        try
        {
            using var json = JsonDocument.Parse(file, new JsonDocumentOptions { MaxDepth = 32 });
            return Read(json.RootElement);
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException or KeyNotFoundException or FormatException)
        {
            throw new InvalidDataException("The file is no tokenizer.json with byte-pair encoding.", fault);
        }
    }

    private static TokeniserParts Read(JsonElement root)
    {
        Demand(Type(root, "normalizer") is null or "NFC", "a normaliser other than NFC");
        var model = root.GetProperty("model");
        Demand(!model.TryGetProperty("type", out var type) || type.GetString() == "BPE", "a model other than BPE");
        foreach (var member in new[] { "dropout", "continuing_subword_prefix", "end_of_word_suffix" })
        {
            Demand(IsAbsent(model, member), member);
        }

        Demand(!IsTrue(model, "byte_fallback"), "byte_fallback, which byte-level tokenisers have no use for");
        var vocabulary = Vocabulary(model.GetProperty("vocab"));
        var added = Added(root);
        var size = vocabulary.Values.Concat(added.Values).DefaultIfEmpty(-1).Max() + 1;
        var bytes = new byte[]?[size];
        foreach (var (text, id) in vocabulary.Concat(added))
        {
            bytes[id] = ByteLetters.TryBytes(text) ?? Encoding.UTF8.GetBytes(text);
        }

        foreach (var (text, id) in added)
        {
            bytes[id] = Encoding.UTF8.GetBytes(text);
        }

        return new(new TextSplitter(Steps(root)), Merges(model, vocabulary), bytes, added)
        {
            WholePieces = IsTrue(model, "ignore_merges") ? Whole(vocabulary) : null,
        };
    }

    private static Dictionary<string, int> Vocabulary(JsonElement vocab)
    {
        var ids = new Dictionary<string, int>(StringComparer.Ordinal);
        var taken = new HashSet<int>();
        foreach (var member in vocab.EnumerateObject())
        {
            var id = IdOf(member.Value);
            Demand(member.Name.Length is > 0 and <= TokeniserFile.MaxTokenBytes, "a token that is empty or has more than 1,024 letters");
            if (!ids.TryAdd(member.Name, id) || !taken.Add(id))
            {
                throw new InvalidDataException($"The vocabulary has a token or an id twice: {id}.");
            }
        }

        return ids;
    }

    private static Dictionary<string, int> Added(JsonElement root)
    {
        var added = new Dictionary<string, int>(StringComparer.Ordinal);
        if (root.TryGetProperty("added_tokens", out var tokens) && tokens.ValueKind == JsonValueKind.Array)
        {
            foreach (var token in tokens.EnumerateArray())
            {
                Demand(
                    !IsTrue(token, "single_word") && !IsTrue(token, "lstrip") && !IsTrue(token, "rstrip"),
                    "added tokens that take blanks or words around them");
                var content = token.GetProperty("content").GetString();
                Demand(content is { Length: > 0 and <= TokeniserFile.MaxTokenBytes }, "an added token that is empty or too long");
                added[content!] = IdOf(token.GetProperty("id"));
            }
        }

        return added;
    }

    private static BytePairMerges Merges(JsonElement model, Dictionary<string, int> vocabulary)
    {
        var single = new int[256];
        for (var value = 0; value < single.Length; value++)
        {
            single[value] = vocabulary.TryGetValue(ByteLetters.Of((byte)value).ToString(), out var id)
                ? id
                : throw new InvalidDataException($"The vocabulary has no token of the byte {value}: not every text could be encoded.");
        }

        var (merges, rank) = (new BytePairMerges(single), 0);
        foreach (var merge in model.GetProperty("merges").EnumerateArray())
        {
            var (left, right) = Pair(merge);
            if (vocabulary.TryGetValue(left, out var first) && vocabulary.TryGetValue(right, out var second)
                && vocabulary.TryGetValue(left + right, out var id) && rank < MaxMerges)
            {
                merges.Add(first, second, rank++, id);
                continue;
            }

            throw new InvalidDataException(string.Create(
                CultureInfo.InvariantCulture, $"Merge {rank} is of tokens that the vocabulary has not, or one too many."));
        }

        return merges;
    }

    private static (string Left, string Right) Pair(JsonElement merge)
    {
        if (merge.ValueKind == JsonValueKind.Array && merge.GetArrayLength() == 2)
        {
            return (merge[0].GetString() ?? "", merge[1].GetString() ?? "");
        }

        var parts = (merge.GetString() ?? "").Split(' ');
        return parts is [{ } left, { } right] ? (left, right) : throw new FormatException();
    }

    private static Dictionary<byte[], int> Whole(Dictionary<string, int> vocabulary)
    {
        var whole = new Dictionary<byte[], int>(ByteSequences.Equality);
        foreach (var (text, id) in vocabulary)
        {
            if (ByteLetters.TryBytes(text) is { } bytes)
            {
                whole.TryAdd(bytes, id);
            }
        }

        return whole;
    }

    private static List<Regex> Steps(JsonElement root)
    {
        var steps = new List<Regex>();
        var isByteLevel = root.TryGetProperty("pre_tokenizer", out var first) && AddSteps(first, steps);
        Demand(isByteLevel, "letters instead of bytes (its pre_tokenizer has no ByteLevel)");
        return steps;
    }

    /// <summary>Adds the steps of a pre-tokeniser; whether it is, or holds, one of bytes.</summary>
    private static bool AddSteps(JsonElement step, List<Regex> steps)
    {
        switch (Type(step))
        {
            case "Sequence":
                return step.GetProperty("pretokenizers").EnumerateArray().Aggregate(false, (any, next) => AddSteps(next, steps) || any);
            case "ByteLevel":
                Demand(!IsTrue(step, "add_prefix_space"), "add_prefix_space");
                if (!step.TryGetProperty("use_regex", out var regex) || regex.GetBoolean())
                {
                    steps.Add(SplitPattern.Of(SplitPattern.Gpt2)!);
                }

                return true;
            case "Split":
                Demand(step.GetProperty("behavior").GetString() == "Isolated" && !IsTrue(step, "invert"), "Split that is not Isolated");
                steps.Add(Pattern(step.GetProperty("pattern")));
                return false;
            case "Digits":
                steps.Add(Compile(IsTrue(step, "individual_digits") ? @"\p{N}" : @"\p{N}+"));
                return false;
            default:
                throw new InvalidDataException($"The file asks for what is not done here: the pre_tokenizer {Type(step)}.");
        }
    }

    private static Regex Pattern(JsonElement pattern) => Compile(
        pattern.TryGetProperty("Regex", out var regex) ? regex.GetString()! : Regex.Escape(pattern.GetProperty("String").GetString()!));

    private static Regex Compile(string pattern)
    {
        try
        {
            return new(pattern, RegexOptions.CultureInvariant, TimeSpan.FromSeconds(10));
        }
        catch (ArgumentException fault)
        {
            throw new InvalidDataException($"The file has a pattern that is not understood here: {fault.Message}", fault);
        }
    }

    private static int IdOf(JsonElement id) => id.TryGetInt32(out var number) && number is >= 0 and <= TokeniserFile.MaxId
        ? number
        : throw new InvalidDataException($"An id is not from 0 to {TokeniserFile.MaxId}.");

    private static string? Type(JsonElement root, string member) => IsAbsent(root, member) ? null : Type(root.GetProperty(member));

    private static string? Type(JsonElement element) => element.GetProperty("type").GetString();

    private static bool IsAbsent(JsonElement element, string member) => !element.TryGetProperty(member, out var value)
        || value.ValueKind == JsonValueKind.Null || (value.ValueKind == JsonValueKind.String && value.GetString()!.Length == 0);

    private static bool IsTrue(JsonElement element, string member) =>
        element.TryGetProperty(member, out var value) && value.ValueKind == JsonValueKind.True;

    private static void Demand(bool holds, string what)
    {
        if (!holds)
        {
            throw new InvalidDataException($"The file asks for what is not done here: {what}.");
        }
    }
}
