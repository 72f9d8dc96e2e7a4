using System.CommandLine;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Stillwatch.Cli.Output;
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
        Description = "Texts as ids, one JSON object with 'tokens' a line, plain or .gz; with --words one text. - is standard input.",
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
        Options = { Log, VerifierKey, Words, Vocabulary, Level, Require, Format, Out },
        Examples =
        [
            ("Ids of a tokeniser",
                "stillwatch mark detect out.jsonl --secret marks.secret --cohort free --log evidence --vkey evidence.key.pub"),
            ("A text of words", "stillwatch mark detect text.txt --words book.txt --secret marks.secret --cohort free --format json"),
        ],
        Work = static async (parsed, _, cancellation) =>
        {
            var level = parsed.GetValue(Level) is > 0 and < 1 and var given
                ? given
                : throw new UnusableException("--level takes a probability above 0 and below 1.");
            using var key = MarkOptions.ReadKey(parsed);
            var commitment = FindCommitment(parsed, key);
            var detector = new GreenListDetector(key.Bits);
            foreach (var tokens in Read(parsed))
            {
                cancellation.ThrowIfCancellationRequested();
                detector.Add(tokens);
            }

            var (result, found) = (detector.Result(), detector.Result().Test.Rejects(level));
            var report = parsed.GetRequiredValue(Format) == "json"
                ? $"{Json(key, commitment, result, level).ToJsonString(Indented)}\n"
                : Describe(key, commitment, result, level);
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

    private static IEnumerable<int[]> Read(ParseResult parsed)
    {
        var path = parsed.GetRequiredValue(Input);
        if (parsed.GetValue(Words) is { } words)
        {
            yield return MarkWords.Read(words, parsed.GetValue(Vocabulary)).Vocabulary.Encode(MarkWords.ReadText(path));
            yield break;
        }

        foreach (var (line, row) in TokenLines.Read(path))
        {
            yield return TokenLines.Ids(row, "tokens", path, line) ?? throw TokenLines.Fault(path, line, "there are no 'tokens'");
        }
    }

    private static string Describe(MarkKey key, MarkCommitment? commitment, GreenDetection result, double level) => MarkOptions.Text(
        $"""
        {(result.Test.Rejects(level) ? "found" : "not found")} at {level:0.0e+0}: p = {result.Test}
        scheme       {MarkCommitment.Scheme}, context of {key.Label.ContextWidth} tokens, {key}
        null         {NullHypothesis}
        alternative  they lean to green
        test         exact binomial tail, each distinct (context, token) once
        counted      {result.Green} green of {result.Scored}; {result.Repeats} repeats left out
        commitment   {(commitment is null ? "none shown: nothing here excludes that the key was chosen after the texts" : Text(commitment))}

        """);

    private static string Text(MarkCommitment commitment) => MarkOptions.Text(
        $"entry {commitment.Index} of {commitment.Origin} (size {commitment.Size}), made {commitment.Entry.At:u} by its writer's clock");

    private static JsonObject Json(MarkKey key, MarkCommitment? commitment, GreenDetection result, double level) => new()
    {
        ["scheme"] = MarkCommitment.Scheme,
        ["mark"] = key.Id,
        ["contextWidth"] = key.Label.ContextWidth,
        ["nullHypothesis"] = NullHypothesis,
        ["test"] = "binomial tail, each distinct (context, token) once",
        ["scored"] = result.Scored,
        ["green"] = result.Green,
        ["repeats"] = result.Repeats,
        ["log10P"] = result.Test.Log10,
        ["level"] = level,
        ["found"] = result.Test.Rejects(level),
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
