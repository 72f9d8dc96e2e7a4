using System.CommandLine;
using System.CommandLine.Parsing;
using Stillwatch.Cli.Output;
using Stillwatch.Provenance.Reports;

namespace Stillwatch.Cli.Verbs.Lineage;

/// <summary>Options that have a suspect asked by its API.</summary>
internal static class InterviewOptions
{
    private static readonly Option<Uri?> Api = new("--api")
    {
        HelpName = "URL",
        Description = "Ask the suspect: what 'chat/completions' is put behind, such as https://api.example/v1.",
        CustomParser = AddressOf,
    };

    private static readonly Option<string?> Model = new("--model") { HelpName = "NAME", Description = "The model's name at the API." };

    private static readonly Option<string?> Prompts = new("--prompts")
    {
        HelpName = "FILE",
        Description = "What to ask: a prompt a line, or JSON lines with 'prompt' (.jsonl); chosen without the key. Canaries are asked too.",
    };

    private static readonly Option<string?> Answers = new("--answers")
    {
        HelpName = "FILE",
        Description = "Where answers are kept as they come; a run that was cut off goes on there.",
    };

    private static readonly Option<string?> KeyVariable = KeyOption();

    private static readonly Option<bool> Completions = new("--completions") { Description = "Use 'completions', not 'chat/completions'." };

    private static readonly Option<int> Samples = Number("--samples", "Times that each prompt is asked.", 1);
    private static readonly Option<int> Concurrency = Number("--concurrency", "Questions at a time, 1 to 256.", 4);
    private static readonly Option<int> Retries = Number("--retries", "Times that a question is asked again, 0 to 20.", 6);
    private static readonly Option<int> MaxTokens = Number("--max-tokens", "Tokens of an answer at most.", 512);

    private static readonly Option<double> Temperature = new("--temperature")
    {
        HelpName = "NUMBER",
        Description = "Of the suspect's sampling, 0 to 2.",
        DefaultValueFactory = static _ => 1,
    };

    public static IEnumerable<Option> All =>
    [
        Api, Model, Prompts, Answers, KeyVariable, Completions, Samples, Concurrency, Retries, MaxTokens, Temperature,
    ];

    /// <summary>Asks, where there is an address; gives the file of answers, or null.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="cues">Cues of canaries, in an order that does not tell which were served.</param>
    /// <param name="terminal">Where progress is said.</param>
    /// <param name="cancellation">Ends the work; what was answered is kept.</param>
    /// <exception cref="UnusableException">Options are missing or out of range.</exception>
    /// <exception cref="SuspectApiException">Some questions got no answer.</exception>
    public static async Task<string?> AskAsync(
        ParseResult parsed, IReadOnlyList<string> cues, Terminal terminal, CancellationToken cancellation)
    {
        if (parsed.GetValue(Api) is not { } address)
        {
            return null;
        }

        var path = parsed.GetValue(Answers) ?? throw new UnusableException("--api needs --answers FILE, where answers are kept.");
        var model = parsed.GetValue(Model) ?? throw new UnusableException("--api needs --model NAME.");
        var options = new SuspectApiOptions(
            address,
            model,
            !parsed.GetValue(Completions),
            Checked(parsed, MaxTokens, 1, 1 << 20),
            parsed.GetValue(Temperature) is >= 0 and <= 2 and var temperature
                ? temperature
                : throw new UnusableException("--temperature takes 0 to 2."),
            Checked(parsed, Retries, 0, 20));
        var prompts = parsed.GetValue(Prompts) is { } file ? LineageInputFiles.Read(InputRole.Prompts, file, file) : null;
        var questions = SuspectInterview.Questions(prompts, cues, Checked(parsed, Samples, 1, 1000));
        ResultTarget.Check(path);
        var fault = await SuspectInterview.AskAsync(
            path, questions, options, ReadKey(parsed.GetValue(KeyVariable)), Checked(parsed, Concurrency, 1, 256), terminal, cancellation);
        return fault is null ? path : throw new SuspectApiException(fault, endsAll: true);
    }

    /// <summary>Names the variable that holds a key.</summary>
    public static Option<string?> KeyOption() => new("--api-key-env")
    {
        HelpName = "NAME",
        Description = "The environment variable that holds the API's key.",
    };

    /// <summary>The address of an API; no key may stand in it.</summary>
    public static Uri AddressOf(ArgumentResult result)
    {
        var text = result.Tokens.Count == 1 ? result.Tokens[0].Value : string.Empty;
        var isAddress = Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" && uri.UserInfo.Length == 0;
        if (!isAddress)
        {
            result.AddError($"'{text}' is no address such as https://api.example/v1; a key goes into --api-key-env.");
        }

        return uri!;
    }

    /// <summary>The file of prompts; null if there is none.</summary>
    public static string? PromptsOf(ParseResult parsed) => parsed.GetValue(Prompts);

    /// <summary>The key in a variable; null where none is named.</summary>
    /// <exception cref="UnusableException">The variable is not set, or holds no key.</exception>
    public static string? ReadKey(string? name)
    {
        if (name is null)
        {
            return null;
        }

        return Environment.GetEnvironmentVariable(name) is { Length: > 0 } key && key.All(static letter => letter is > ' ' and < '\x7f')
            ? key
            : throw new UnusableException($"{name} is not set, or holds no key: --api-key-env names an environment variable.");
    }

    private static int Checked(ParseResult parsed, Option<int> option, int least, int most) =>
        parsed.GetValue(option) is var number && number >= least && number <= most
            ? number
            : throw new UnusableException($"{option.Name} takes {least} to {most}.");

    private static Option<int> Number(string name, string description, int value) => new(name)
    {
        HelpName = "NUMBER",
        Description = description,
        DefaultValueFactory = _ => value,
    };
}
