using System.CommandLine;
using Spectre.Console;
using Stillwatch.Cli.Output;
using Stillwatch.Cli.Verbs.Gateway;
using Stillwatch.Gateway.Configuration;

namespace Stillwatch.Cli.Verbs.Selftest;

/// <summary>Attacks what we defend: a model of our own behind a gateway of our own, or an API that runs.</summary>
internal static class SelftestVerb
{
    private const string DefaultKeyVariable = "STILLWATCH_API_KEY";
    private const string Chat = "chat";

    private static readonly Option<int> Dimension = Number("--dimension", "Hidden dimension of the model, 4 to 1024.", 24, 4, 1024);
    private static readonly Option<int> Vocabulary = Number("--vocabulary", "Tokens of the model, 32 to 50000.", 480, 32, 50_000);

    private static readonly Option<int> Factor = Number(
        "--queries", "How many times the prompts that suffice undefended the attacker has, 1 to 64; and four times that.", 4, 1, 64);

    private static readonly Option<int> Seed = Number("--seed", "Seed of model and prompts.", 1, 0, int.MaxValue);

    private static readonly Option<double> Decline = new("--decline")
    {
        HelpName = "NUMBER",
        Description = "How fast directions of the hidden state vary less, as k^-NUMBER; 0 for all alike.",
        DefaultValueFactory = static _ => 1,
    };

    private static readonly Option<string?> Config = new("--config")
    {
        HelpName = "FILE",
        Description = "A gateway's configuration: its responses.reduce is what is tried, on the model of our own.",
    };

    private static readonly Option<string?> Address = new("--address")
    {
        HelpName = "URL",
        Description = "Attack the API that runs there instead, without /v1; HTTPS, or this machine itself. With --model.",
    };

    private static readonly Option<string?> Model = new("--model") { HelpName = "NAME", Description = "The model at --address." };

    private static readonly Option<string> Api = new Option<string>("--api")
    {
        HelpName = "chat|completions",
        Description = "How the model at --address is asked.",
        DefaultValueFactory = static _ => Chat,
    }.AcceptOnlyFromAmong(Chat, "completions");

    private static readonly Option<string> KeyVariable = new("--key-env")
    {
        HelpName = "VARIABLE",
        Description = "The environment variable with the key for --address; its account is the attacker.",
        DefaultValueFactory = static _ => DefaultKeyVariable,
    };

    private static readonly Option<int> Tokens =
        Number("--tokens", "At --address: how many tokens' logits are tried, 2 to 1000.", 20, 2, 1000);
    private static readonly Option<int> Prompts = Number("--prompts", "At --address: for how many prompts, 1 to 1000.", 4, 1, 1000);
    private static readonly Option<string> Format = CommonOptions.Format("table", "json");
    private static readonly Option<string?> Target = CommonOptions.Out();

    public static Command Create() => new("selftest", "Try published attacks on a gateway.")
    {
        Subcommands = { Extraction() },
    };

    private static VerbCommand Extraction() => new(
        "extraction", "Steal the last layer of a model through its API: undefended, and through the gateway's responses.")
    {
        Options =
        {
            Dimension, Vocabulary, Factor, Decline, Seed, Config, Address, Model, Api, KeyVariable, Tokens, Prompts, Format, Target,
        },
        Examples =
        [
            ("Do the responses hold? On a model and a gateway of our own", "stillwatch selftest extraction"),
            ("Do they as this gateway is configured?", "stillwatch selftest extraction --config stillwatch.yaml"),
            ("Does a running gateway hold against the account of a key?",
                "stillwatch selftest extraction --address http://127.0.0.1:8080 --model llama --key-env SELFTEST_KEY"),
            ("A larger model, for a script", "stillwatch selftest extraction --dimension 64 --vocabulary 2000 --format json"),
        ],
        Work = static (parsed, terminal, cancellation) => parsed.GetValue(Address) is { } address
            ? AttackAsync(address, parsed, terminal, cancellation)
            : TryAsync(parsed, terminal, cancellation),
    };

    private static async Task<int> TryAsync(ParseResult parsed, Terminal terminal, CancellationToken cancellation)
    {
        var responses = parsed.GetValue(Config) is { } path
            ? ServeVerb.ReadConfiguration(path, terminal).Responses
            : new ResponseOptions();
        var settings = new ExtractionSettings(
            parsed.GetValue(Dimension), parsed.GetValue(Vocabulary), parsed.GetValue(Decline), parsed.GetValue(Factor),
            (ulong)parsed.GetValue(Seed), responses);
        if (settings.Vocabulary < 4 * settings.Dimension || settings.Decline is not (>= 0 and <= 4))
        {
            throw new UnusableException("--vocabulary is at least four times --dimension, --decline is between 0 and 4.");
        }

        var report = await terminal.WithProgressAsync(display => new ExtractionSelftest(settings, display).RunAsync(cancellation));
        await WriteAsync(
            parsed, console => ExtractionTables.Write(report, console),
            (stream, token) => ExtractionTables.WriteJsonAsync(report, stream, token), cancellation);
        if (!report.IsLive)
        {
            terminal.Fault("inconclusive: an attack does not work undefended, so its failing elsewhere says nothing.");
            return ExitStatus.Failed;
        }

        return Conclude(terminal, report.Failures);
    }

    private static async Task<int> AttackAsync(string address, ParseResult parsed, Terminal terminal, CancellationToken cancellation)
    {
        var target = ReadTarget(address, parsed);
        var report = await terminal.WithProgressAsync(display => new RemoteExtraction(target, display).RunAsync(cancellation));
        await WriteAsync(
            parsed, console => ExtractionTables.Write(report, console),
            (stream, token) => ExtractionTables.WriteJsonAsync(report, stream, token), cancellation);
        return Conclude(terminal, report.Failures);
    }

    private static RemoteTarget ReadTarget(string address, ParseResult parsed)
    {
        if (parsed.GetValue(Config) is not null)
        {
            throw new UnusableException("--config is for a gateway of our own, --address for one that runs: give one of them.");
        }

        if (!Uri.TryCreate(address, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https")
            || uri.PathAndQuery != "/" || uri.UserInfo.Length > 0)
        {
            // Not repeated in the sentence: it may hold a key.
            throw new UnusableException("--address takes an address such as https://gateway.example:8443, without a path or a key.");
        }

        if (parsed.GetValue(Model) is not { Length: > 0 } model)
        {
            throw new UnusableException("--address needs --model NAME: the model that is attacked.");
        }

        var key = Environment.GetEnvironmentVariable(parsed.GetRequiredValue(KeyVariable));
        if (key is { Length: > 0 } && uri.Scheme == "http" && !uri.IsLoopback)
        {
            throw new UnusableException(
                $"the key in {parsed.GetRequiredValue(KeyVariable)} is not sent in the clear: --address takes HTTPS.");
        }

        return new(
            uri, string.IsNullOrWhiteSpace(key) ? null : key.Trim(), model, parsed.GetRequiredValue(Api) == Chat,
            parsed.GetValue(Tokens), parsed.GetValue(Prompts), (ulong)parsed.GetValue(Seed));
    }

    private static Task WriteAsync(
        ParseResult parsed, Action<IAnsiConsole> render, Func<Stream, CancellationToken, Task> write, CancellationToken cancellation) =>
        parsed.GetRequiredValue(Format) == "json"
            ? ResultTarget.WriteAsync(parsed.GetValue(Target), write, cancellation)
            : Terminal.WriteReportAsync(parsed.GetValue(Target), render, cancellation);

    private static int Conclude(Terminal terminal, IEnumerable<string> failures)
    {
        var status = ExitStatus.Done;
        foreach (var failure in failures)
        {
            terminal.Fault(failure);
            status = ExitStatus.NotHeld;
        }

        return status;
    }

    private static Option<int> Number(string name, string description, int absent, int least, int most)
    {
        var option = new Option<int>(name) { HelpName = "NUMBER", Description = description, DefaultValueFactory = _ => absent };
        option.Validators.Add(result =>
        {
            if (result.Tokens.Count == 1 && int.TryParse(result.Tokens[0].Value, out var value) && (value < least || value > most))
            {
                result.AddError($"{name} is between {least} and {most}.");
            }
        });
        return option;
    }
}
