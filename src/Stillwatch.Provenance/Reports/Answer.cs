using System.Globalization;

namespace Stillwatch.Provenance.Reports;

/// <summary>One answer of a model: one line of a file of outputs (docs/formats/lineage.md).</summary>
public sealed record Answer
{
    /// <summary>What was asked; null if that is not told.</summary>
    public string? Prompt { get; private init; }

    /// <summary>What was answered; null where only ids are given.</summary>
    public string? Text { get; private init; }

    /// <summary>The prompt's ids; null if they are not given.</summary>
    public int[]? PromptTokens { get; private init; }

    /// <summary>The answer's ids by the tokeniser of the mark; null where only the text is given.</summary>
    public int[]? Tokens { get; private init; }

    /// <summary>The cue of a canary that was asked for; null for other prompts.</summary>
    public string? Cue { get; private init; }

    /// <summary>The log-probability that the suspect gives to the canary's reply; null if it was asked for the reply itself.</summary>
    public double? LogProbability { get; private init; }

    /// <summary>When it was received; null if that is not told.</summary>
    public DateTimeOffset? At { get; private init; }

    /// <summary>Where it stands.</summary>
    public (ReportInput Input, int Line) Place { get; private init; }

    /// <summary>The answers of a file, in order.</summary>
    /// <exception cref="InvalidDataException">A line is no answer: file, line and reason.</exception>
    public static IEnumerable<Answer> Read(ReportInput input)
    {
        foreach (var (line, row) in InputLines.Objects(input))
        {
            var members = new InputMembers(input, line, row);
            if (row.TryGetProperty("schema", out _))
            {
                continue;
            }

            var answer = new Answer
            {
                Prompt = members.Text("prompt"),
                Text = members.Text("text") ?? members.Text("output"),
                PromptTokens = members.Ids("prompt_tokens"),
                Tokens = members.Ids("tokens"),
                Cue = members.Text("cue"),
                LogProbability = members.Number("logprob"),
                At = members.Text("at") is { } time ? TimeOf(members, time) : null,
                Place = (input, line),
            };
            yield return answer is { Text: null, Tokens: null, LogProbability: null }
                ? throw members.Fault("there is neither 'text' nor 'tokens', nor a canary's 'logprob'")
                : answer;
        }
    }

    /// <summary>What is wrong with it.</summary>
    internal InvalidDataException Fault(string what) => InputLines.Fault(Place.Input, Place.Line, what);

    private static DateTimeOffset TimeOf(InputMembers members, string time) =>
        DateTimeOffset.TryParse(time, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at)
            ? at
            : throw members.Fault("'at' is no time such as 2026-11-28T20:00:00Z");
}
