using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Stillwatch.Cli.Output;
using Stillwatch.Cli.Verbs.Marks;
using Stillwatch.Provenance.Reports;

namespace Stillwatch.Cli.Verbs.Lineage;

/// <summary>Asks a suspect everything that a test needs, several questions at a time. Stateless.</summary>
internal static class SuspectInterview
{
    private const int MaxQuestions = 1_000_000;

    /// <summary>The questions of a file, one prompt a line of JSON or plain, each as often as asked for; canaries' after them.</summary>
    /// <param name="prompts">The file; null for none.</param>
    /// <param name="cues">Cues of canaries, in an order that does not tell which were served.</param>
    /// <param name="samples">Times that each is asked.</param>
    /// <exception cref="InvalidDataException">A line is no prompt, or there are too many.</exception>
    public static IReadOnlyList<SuspectQuestion> Questions(ReportInput? prompts, IReadOnlyList<string> cues, int samples)
    {
        var texts = prompts is null ? [] : Prompts(prompts).ToList();
        var all = texts.Select(static text => (Prompt: text, Cue: (string?)null))
            .Concat(cues.Select(static cue => (Prompt: CanaryExamination.Question(cue), Cue: (string?)cue))).ToList();
        return (long)all.Count * samples is > 0 and <= MaxQuestions
            ? [.. all.SelectMany((one, i) => Enumerable.Range(0, samples).Select(sample =>
                new SuspectQuestion(MarkOptions.Text($"{i}/{sample}"), one.Prompt, one.Cue)))]
            : throw new InvalidDataException($"There are no prompts, or more than {MaxQuestions} questions.");
    }

    /// <summary>Asks what has no answer yet.</summary>
    /// <returns>What is wrong where some stay without; null if all have one.</returns>
    public static async Task<string?> AskAsync(
        string path,
        IReadOnlyList<SuspectQuestion> questions,
        SuspectApiOptions options,
        string? key,
        int concurrency,
        Terminal terminal,
        CancellationToken cancellation)
    {
        using var answers = AnswerFile.Open(path, Asked(questions, options));
        using var api = new SuspectApi(options, key, TimeProvider.System);
        using var refused = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        string? last = null;
        terminal.Note(MarkOptions.Text($"{answers.Count} of {questions.Count} answers are in {path}"));
        try
        {
            await Parallel.ForEachAsync(
                questions.Where(question => !answers.Has(question)).ToList(),
                new ParallelOptions { MaxDegreeOfParallelism = concurrency, CancellationToken = refused.Token },
                async (question, token) =>
                {
                    try
                    {
                        var text = await api.AskAsync(question.Prompt, token);
                        answers.Add(question, text, TimeProvider.System.GetUtcNow());
                    }
                    catch (SuspectApiException failure)
                    {
                        last = $"question {question.Id}: {failure.Message}";
                        if (failure.EndsAll)
                        {
                            await refused.CancelAsync();
                        }
                    }
                });
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
        }

        cancellation.ThrowIfCancellationRequested();
        return answers.Count == questions.Count
            ? null
            : MarkOptions.Text($"{answers.Count} of {questions.Count} questions have an answer; {last}. Run it again to go on.");
    }

    private static IEnumerable<string> Prompts(ReportInput file)
    {
        if (!file.Name.Contains(".jsonl", StringComparison.Ordinal))
        {
            foreach (var line in InputLines.Text(file).Split('\n').Where(static line => line.Trim().Length > 0))
            {
                yield return line.TrimEnd('\r');
            }

            yield break;
        }

        foreach (var (line, row) in InputLines.Objects(file))
        {
            yield return row.TryGetProperty("prompt", out var prompt) && prompt.ValueKind == System.Text.Json.JsonValueKind.String
                ? prompt.GetString()!
                : throw InputLines.Fault(file, line, "there is no 'prompt', a string");
        }
    }

    private static JsonObject Asked(IReadOnlyList<SuspectQuestion> questions, SuspectApiOptions options)
    {
        var text = string.Concat(questions.Select(static question => $"{question.Id}\n{question.Prompt.Length}\n{question.Prompt}\n"));
        return new()
        {
            ["api"] = options.Address.AbsoluteUri,
            ["model"] = options.Model,
            ["chat"] = options.IsChat,
            ["maxTokens"] = options.MaxTokens,
            ["temperature"] = options.Temperature,
            ["questions"] = questions.Count,
            ["sha256"] = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text))),
        };
    }
}
