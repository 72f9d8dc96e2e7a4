using System.CommandLine;
using System.Text;
using System.Text.Json.Nodes;
using Stillwatch.Cli.Output;
using Stillwatch.Provenance.Reports;

namespace Stillwatch.Cli.Verbs.Lineage;

/// <summary>Gives texts the ids of the marked model's tokeniser.</summary>
internal static class LineageTokenizeVerb
{
    private const int AtOnce = 16;

    private static readonly Argument<string> Input = new("answers")
    {
        Description = "Answers: one JSON object with 'text' a line, plain or .gz.",
    };

    private static readonly Option<string?> Out = CommonOptions.Out();

    public static VerbCommand Create() => new("tokenize", "Add ids to texts by the tokeniser of the marked model.")
    {
        Arguments = { Input },
        Options = { TextTokeniser.Given, TextTokeniser.Model, TextTokeniser.KeyVariable, Out },
        Examples =
        [
            ("By the server of the marked model",
                "stillwatch lineage tokenize said.jsonl --tokenizer http://127.0.0.1:8000/tokenize --out said-ids.jsonl"),
            ("By its file", "stillwatch lineage tokenize said.jsonl --tokenizer tokenizer.json --out said-ids.jsonl"),
        ],
        Work = static async (parsed, _, cancellation) =>
        {
            var path = parsed.GetRequiredValue(Input);
            ResultTarget.Check(parsed.GetValue(Out));
            var input = LineageInputFiles.Read(InputRole.Outputs, path, path);
            using var tokeniser = TextTokeniser.Open(parsed) ?? throw new UnusableException("--tokenizer FILE|URL is needed.");
            await ResultTarget.WriteAsync(
                parsed.GetValue(Out),
                async (stream, token) =>
                {
                    foreach (var lines in Rows(input).Chunk(AtOnce))
                    {
                        var done = await Task.WhenAll(lines.Select(row => AddIdsAsync(tokeniser, row, token)));
                        var text = string.Concat(done.Select(static row => $"{row.ToJsonString()}\n"));
                        await stream.WriteAsync(Encoding.UTF8.GetBytes(text), token);
                    }
                },
                cancellation);
            return ExitStatus.Done;
        },
    };

    /// <summary>Lines as they are; those that are no answers are refused here, before anything is sent.</summary>
    private static IEnumerable<JsonObject> Rows(ReportInput input)
    {
        foreach (var answer in Answer.Read(input))
        {
            _ = answer;
        }

        foreach (var (_, row) in InputLines.Objects(input))
        {
            yield return JsonObject.Create(row.Clone())!;
        }
    }

    private static async Task<JsonObject> AddIdsAsync(TextTokeniser tokeniser, JsonObject row, CancellationToken cancellation)
    {
        var text = row["text"] ?? row["output"];
        foreach (var (from, to) in new[] { (text, "tokens"), (row["prompt"], "prompt_tokens") })
        {
            if (from is not null && row[to] is null)
            {
                var ids = await tokeniser.EncodeAsync((string)from!, cancellation);
                row[to] = new JsonArray([.. ids.Select(static id => (JsonNode)id)]);
            }
        }

        return row;
    }
}
