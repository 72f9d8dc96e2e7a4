using System.CommandLine;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Stillwatch.Cli.Output;
using Stillwatch.Cli.Verbs.Lineage;
using Stillwatch.Provenance.Laboratory;
using Stillwatch.Provenance.Watermarking;
using Stillwatch.Statistics;

namespace Stillwatch.Cli.Verbs.Marks;

/// <summary>Writes marked texts: with a small model of a text, or step by step for a host that gives logits.</summary>
internal static class MarkEmbedVerb
{
    private const int MaxSequences = 10_000;
    private const string Label = "--secret marks.secret --cohort free --log evidence --vkey evidence.key.pub";

    private static readonly Option<string> Log = TransparencyOptions.Log();
    private static readonly Option<string> VerifierKey = TransparencyOptions.VerifierKey();

    private static readonly Option<string?> Words = new("--words")
    {
        HelpName = "FILE",
        Description = "A text: a trigram model of its words writes (for trying out).",
    };

    private static readonly Option<string?> Logits = new("--logits")
    {
        HelpName = "FILE",
        Description = "Steps of a host, one JSON object a line: sequence, its prompt at first (ids, or text with --tokenizer), logits; - "
            + "is standard input.",
    };

    private static readonly Option<double?> Bias = new("--bias")
    {
        HelpName = "NUMBER",
        Description = "Added to the logits of green tokens, up to 20; without it the mark changes no probability on average over keys.",
    };

    private static readonly Option<int> Vocabulary = new("--vocabulary")
    {
        HelpName = "WORDS",
        Description = "Words of the model, the most frequent of the text, 2 to 1000000.",
        DefaultValueFactory = static _ => 5000,
    };

    private static readonly Option<int> Texts = new("--texts")
    {
        HelpName = "NUMBER",
        Description = "Texts to write.",
        DefaultValueFactory = static _ => 1,
    };

    private static readonly Option<int> Length = new("--tokens")
    {
        HelpName = "NUMBER",
        Description = "Words of a text.",
        DefaultValueFactory = static _ => 400,
    };

    private static readonly Option<double> Temperature = new("--temperature")
    {
        HelpName = "NUMBER",
        Description = "Of sampling, above 0.",
        DefaultValueFactory = static _ => 1,
    };

    private static readonly Option<ulong> Seed = new("--seed")
    {
        HelpName = "NUMBER",
        Description = "Of the drawing; the same seed and input give the same output.",
        DefaultValueFactory = static _ => 1UL,
    };

    private static readonly Option<string?> Out = CommonOptions.Out();

    public static VerbCommand Create() => new VerbCommand("embed", "Draw tokens with the mark of a key that is in the log.")
    {
        Options =
        {
            Log, VerifierKey, Words, Logits, TextTokeniser.Given, TextTokeniser.Model, TextTokeniser.KeyVariable, Bias, Vocabulary, Texts,
            Length, Temperature, Seed, Out,
        },
        Examples =
        [
            ("Ten marked texts of a small model", $"stillwatch mark embed {Label} --words book.txt --texts 10 --out marked.jsonl"),
            ("Draw for a host that gives logits", $"host | stillwatch mark embed {Label} --logits -"),
        ],
        Work = static async (parsed, terminal, cancellation) =>
        {
            using var key = MarkOptions.ReadKey(parsed);
            var logKey = TransparencyOptions.ReadVerifierKey(parsed.GetRequiredValue(VerifierKey));
            var commitment = MarkCommitment.Find(parsed.GetRequiredValue(Log), logKey, key)
                ?? throw new UnusableException(
                    $"{key} is not in the log: run 'stillwatch mark commit' first. A key that was committed to later proves less.");
            var rows = (parsed.GetValue(Words), parsed.GetValue(Logits)) switch
            {
                ({ } words, null) => Write(parsed, words, key).ToAsyncEnumerable(),
                (null, { } logits) => StepAsync(parsed, logits, key, cancellation),
                _ => throw new UnusableException("say what draws: --words FILE or --logits FILE, one of them."),
            };
            terminal.Note(MarkOptions.Text($"{key}, entry {commitment.Index} of {commitment.Origin}"));
            await ResultTarget.WriteAsync(parsed.GetValue(Out), (stream, token) => CopyAsync(rows, stream, token), cancellation);
            return ExitStatus.Done;
        },
    }.WithLabel();

    private static MarkStrength StrengthOf(ParseResult parsed) => parsed.GetValue(Bias) switch
    {
        null => MarkStrength.Unbiased(1),
        > 0 and <= 20 and var bias => MarkStrength.Biased(bias),
        _ => throw new UnusableException("--bias takes a number above 0, at most 20."),
    };

    private static float TemperatureOf(ParseResult parsed) => parsed.GetValue(Temperature) is > 0 and <= 1000 and var temperature
        ? (float)temperature
        : throw new UnusableException("--temperature takes a number above 0, at most 1000.");

    /// <summary>Texts of the model; words that share an id are not written.</summary>
    private static IEnumerable<JsonObject> Write(ParseResult parsed, string path, MarkKey key)
    {
        var (strength, temperature) = (StrengthOf(parsed), TemperatureOf(parsed));
        var (vocabulary, text) = MarkWords.Read(path, parsed.GetValue(Vocabulary));
        var model = new TrigramModel(vocabulary.Encode(text), vocabulary.Count);
        var (sampler, generator) = (new MarkedSampler(key.Bits, strength, model.Vocabulary), new SeededGenerator(parsed.GetValue(Seed)));
        var logits = new float[model.Vocabulary];
        for (var number = 0; number < parsed.GetValue(Texts); number++)
        {
            var (sequence, tokens) = (new MarkedSequence(key.Label.ContextWidth), new List<int>());
            while (tokens.Count < parsed.GetValue(Length))
            {
                model.FillLogits(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(tokens), logits);
                logits[vocabulary.RareId] = float.NegativeInfinity;
                tokens.Add(sampler.Draw(logits, temperature, sequence, ref generator));
                sequence.Accept(tokens[^1]);
            }

            yield return new()
            {
                ["tokens"] = new JsonArray([.. tokens.Select(static token => JsonValue.Create(token))]),
                ["text"] = vocabulary.Decode([.. tokens]),
            };
        }
    }

    /// <summary>One token a line of logits; what was drawn is remembered by sequence until a line says that it is done.</summary>
    private static async IAsyncEnumerable<JsonObject> StepAsync(
        ParseResult parsed, string path, MarkKey key, [EnumeratorCancellation] CancellationToken cancellation)
    {
        using var tokeniser = TextTokeniser.Open(parsed);
        var (strength, temperature) = (StrengthOf(parsed), TemperatureOf(parsed));
        var generator = new SeededGenerator(parsed.GetValue(Seed));
        var sequences = new Dictionary<string, MarkedSequence>(StringComparer.Ordinal);
        MarkedSampler? sampler = null;
        foreach (var (line, row) in TokenLines.Read(path))
        {
            var isNamed = row.TryGetProperty("sequence", out var given) && given.ValueKind == JsonValueKind.String;
            var name = isNamed ? given.GetString()! : string.Empty;
            if (row.TryGetProperty("done", out var done) && done.ValueKind == JsonValueKind.True)
            {
                sequences.Remove(name);
                continue;
            }

            var logits = (TokenLines.Numbers(row, "logits", path, line)
                ?? throw TokenLines.Fault(path, line, "there are no 'logits'")).Select(static logit => (float)logit).ToArray();
            sampler ??= new(key.Bits, strength, Math.Max(1, logits.Length));
            if (logits.Length != sampler.Vocabulary || !logits.Any(float.IsFinite))
            {
                throw TokenLines.Fault(path, line, MarkOptions.Text($"'logits' are not {sampler.Vocabulary} numbers, at least one finite"));
            }

            if (!sequences.TryGetValue(name, out var sequence))
            {
                var prompt = await PromptAsync(tokeniser, row, path, line, cancellation);
                sequence = sequences[name] = sequences.Count < MaxSequences
                    ? Begin(key, prompt)
                    : throw TokenLines.Fault(path, line, $"more than {MaxSequences} sequences are open: end some with \"done\": true");
            }

            var token = sampler.Draw(logits, temperature, sequence, ref generator);
            sequence.Accept(token);
            yield return new() { ["sequence"] = name, ["token"] = token };
        }
    }

    private static async ValueTask<int[]> PromptAsync(
        TextTokeniser? tokeniser, JsonElement row, string path, int line, CancellationToken cancellation) =>
        tokeniser is not null && row.TryGetProperty("prompt", out var prompt) && prompt.ValueKind == JsonValueKind.String
            ? await tokeniser.EncodeAsync(prompt.GetString()!, cancellation)
            : TokenLines.Ids(row, "prompt", path, line) ?? [];

    private static MarkedSequence Begin(MarkKey key, int[] prompt)
    {
        var sequence = new MarkedSequence(key.Label.ContextWidth);
        foreach (var token in prompt)
        {
            sequence.Accept(token);
        }

        return sequence;
    }

    private static async Task CopyAsync(IAsyncEnumerable<JsonObject> rows, Stream stream, CancellationToken cancellation)
    {
        await foreach (var row in rows.WithCancellation(cancellation))
        {
            await stream.WriteAsync(Encoding.UTF8.GetBytes($"{row.ToJsonString()}\n"), cancellation);
            await stream.FlushAsync(cancellation);
        }
    }
}
