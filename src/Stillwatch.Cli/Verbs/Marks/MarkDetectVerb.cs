using System.CommandLine;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Stillwatch.Cli.Output;
using Stillwatch.Cli.Verbs.Lineage;
using Stillwatch.Provenance.Watermarking;

namespace Stillwatch.Cli.Verbs.Marks;

/// <summary>Looks for the mark of a key in texts.</summary>
internal static class MarkDetectVerb
{
    private const string NullHypothesis =
        "the texts were made without knowledge of the key: the colour of each distinct (context, token) is a fair coin";

    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    private static readonly Argument<string> Input = new("texts")
    {
        Description = "Texts as ids, one JSON object with 'tokens' a line, plain or .gz; with --tokenizer 'text' will do, with --words it "
            + "is one text. - is standard input.",
    };

    private static readonly Option<string?> Log = new("--log")
    {
        HelpName = "DIRECTORY",
        Description = "The log that holds the commitment to the key; with --vkey.",
    };

    private static readonly Option<string?> VerifierKey = new("--vkey")
    {
        HelpName = "VKEY|FILE",
        Description = "The log's verifier key, or a file that holds it.",
    };

    private static readonly Option<string?> Words = new("--words")
    {
        HelpName = "FILE",
        Description = "The text whose words give the ids, as it was given to 'mark embed'.",
    };

    private static readonly Option<int> Vocabulary = new("--vocabulary")
    {
        HelpName = "WORDS",
        Description = "As it was given to 'mark embed'.",
        DefaultValueFactory = static _ => 5000,
    };

    private static readonly Option<bool> Drafts = new("--drafts")
    {
        Description = "Texts whose drafts the gateway chose: 'text' of each line, its words are the ids. No tokeniser is needed.",
    };

    private static readonly Option<string?> Reference = new("--reference")
    {
        HelpName = "FILE",
        Description = "Texts of the same model without the mark, as the others are given: the test weighs every (context, token) by how "
            + "much more often it came than there. Needed for one list for all contexts (--width 0).",
    };

    private static readonly Option<double> Level = new("--level")
    {
        HelpName = "PROBABILITY",
        Description = "The mark counts as found where p is at most this.",
        DefaultValueFactory = static _ => 1e-6,
    };

    private static readonly Option<bool> Require = new("--require") { Description = "End with status 1 where the mark is not found." };
    private static readonly Option<string> Format = CommonOptions.Format("text", "json");
    private static readonly Option<string?> Out = CommonOptions.Out();

    public static VerbCommand Create() => new VerbCommand("detect", "Test texts for the mark of a key; the p-value is exact.")
    {
        Arguments = { Input },
        Options =
        {
            Log, VerifierKey, TextTokeniser.Given, TextTokeniser.Model, TextTokeniser.KeyVariable, Words, Vocabulary, Drafts, Reference,
            Level, Require, Format, Out,
        },
        Examples =
        [
            ("Ids of a tokeniser",
                "stillwatch mark detect out.jsonl --secret marks.secret --cohort free --log evidence --vkey evidence.key.pub"),
            ("Texts and a tokeniser", "stillwatch mark detect out.jsonl --tokenizer tokenizer.json --secret marks.secret --cohort free"),
            ("Drafts that the gateway chose",
                "stillwatch mark detect out.jsonl --drafts --secret marks.secret --cohort organisation/acme"),
            ("A text of words", "stillwatch mark detect text.txt --words book.txt --secret marks.secret --cohort free --format json"),
        ],
        Work = static async (parsed, _, cancellation) =>
        {
            var level = parsed.GetValue(Level) is > 0 and < 1 and var given
                ? given
                : throw new UnusableException("--level takes a probability above 0 and below 1.");
            using var key = MarkOptions.ReadKey(parsed);
            var commitment = FindCommitment(parsed, key);
            var finding = parsed.GetValue(Reference) is { } reference
                ? await MarkFinding.WeighAsync(key, Texts(parsed, cancellation), Texts(parsed, cancellation, reference), cancellation)
                : await MarkFinding.CountAsync(key, Texts(parsed, cancellation), cancellation);
            var found = finding.Test.Rejects(level);
            var report = parsed.GetRequiredValue(Format) == "json"
                ? $"{Json(key, commitment, finding, level).ToJsonString(Indented)}\n"
                : Describe(key, commitment, finding, level);
            await ResultTarget.WriteAsync(
                parsed.GetValue(Out),
                async (stream, token) => await stream.WriteAsync(Encoding.UTF8.GetBytes(report), token),
                cancellation);
            return found || !parsed.GetValue(Require) ? ExitStatus.Done : ExitStatus.Failed;
        },
    }.WithLabel();

    private static MarkCommitment? FindCommitment(ParseResult parsed, MarkKey key) =>
        (parsed.GetValue(Log), parsed.GetValue(VerifierKey)) switch
        {
            (null, null) => null,
            ({ } log, { } vkey) => MarkCommitment.Find(log, TransparencyOptions.ReadVerifierKey(vkey), key)
                ?? throw new UnusableException($"{key} is not in the log: it holds no commitment to this key."),
            _ => throw new UnusableException("--log and --vkey go together."),
        };

    private static async IAsyncEnumerable<int[]> Texts(
        ParseResult parsed, [EnumeratorCancellation] CancellationToken cancellation, string? other = null)
    {
        var path = other ?? parsed.GetRequiredValue(Input);
        if (parsed.GetValue(Words) is { } words)
        {
            yield return MarkWords.Read(words, parsed.GetValue(Vocabulary)).Vocabulary.Encode(MarkWords.ReadText(path));
            yield break;
        }

        using var tokeniser = TextTokeniser.Open(parsed);
        var isDrafts = parsed.GetValue(Drafts);
        foreach (var (line, row) in TokenLines.Read(path))
        {
            var text = row.TryGetProperty("text", out var given) && given.ValueKind is JsonValueKind.String ? given.GetString() : null;
            if (isDrafts)
            {
                yield return WordIds.Of(text ?? throw TokenLines.Fault(path, line, "there is no 'text'"));
                continue;
            }

            yield return TokenLines.Ids(row, "tokens", path, line) ?? (text, tokeniser) switch
            {
                ({ } plain, { } of) => await of.EncodeAsync(plain, cancellation),
                (_, null) => throw TokenLines.Fault(path, line, "there are no 'tokens', and no --tokenizer"),
                _ => throw TokenLines.Fault(path, line, "there are neither 'tokens' nor 'text'"),
            };
        }
    }

    private static string Describe(MarkKey key, MarkCommitment? commitment, MarkFinding finding, double level) => MarkOptions.Text(
        $"""
        {(finding.Test.Rejects(level) ? "found" : "not found")} at {level:0.0e+0}: p = {finding.Test}
        scheme       {MarkKey.Scheme}, context of {key.Label.ContextWidth} tokens, {key}
        null         {NullHypothesis}
        alternative  they lean to green
        test         {finding.Name}
        counted      {finding.Counted}
        commitment   {(commitment is null ? "none shown: nothing here excludes that the key was chosen after the texts" : Text(commitment))}

        """);

    private static string Text(MarkCommitment commitment) => MarkOptions.Text(
        $"entry {commitment.Index} of {commitment.Origin} (size {commitment.Size}), made {commitment.Entry.At:u} by its writer's clock");

    private static JsonObject Json(MarkKey key, MarkCommitment? commitment, MarkFinding finding, double level) => new()
    {
        ["scheme"] = MarkKey.Scheme,
        ["mark"] = key.Id,
        ["contextWidth"] = key.Label.ContextWidth,
        ["nullHypothesis"] = NullHypothesis,
        ["test"] = finding.Name,
        ["scored"] = finding.Scored,
        ["green"] = finding.Green,
        ["repeats"] = finding.Repeats,
        ["log10P"] = finding.Test.Log10,
        ["level"] = level,
        ["found"] = finding.Test.Rejects(level),
        ["commitment"] = commitment is null
            ? null
            : new JsonObject
            {
                ["log"] = commitment.Origin,
                ["entry"] = commitment.Index,
                ["size"] = commitment.Size,
                ["at"] = (string?)JsonNode.Parse(commitment.Entry.Bytes.Span)!["at"],
                ["commitment"] = key.Commitment,
            },
    };
}
