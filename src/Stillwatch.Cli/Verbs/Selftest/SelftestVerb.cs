using System.CommandLine;
using Stillwatch.Cli.Output;

namespace Stillwatch.Cli.Verbs.Selftest;

/// <summary>Attacks what we defend, on a model of our own.</summary>
internal static class SelftestVerb
{
    private static readonly Option<int> Dimension = Number("--dimension", "Hidden dimension of the model, 4 to 1024.", 64, 4, 1024);
    private static readonly Option<int> Vocabulary = Number("--vocabulary", "Tokens of the model, 32 to 50000.", 2000, 32, 50_000);

    private static readonly Option<int> Factor =
        Number("--queries", "How many times the requests that suffice undefended the attacker has, 1 to 64.", 4, 1, 64);

    private static readonly Option<int> Seed = Number("--seed", "Seed of model and prompts.", 1, 0, int.MaxValue);

    private static readonly Option<double> Decline = new("--decline")
    {
        HelpName = "NUMBER",
        Description = "How fast directions of the hidden state vary less, as k^-NUMBER; 0 for all alike.",
        DefaultValueFactory = static _ => 1,
    };

    private static readonly Option<string> Format = CommonOptions.Format("table", "json");
    private static readonly Option<string?> Target = CommonOptions.Out();

    public static Command Create() => new("selftest", "Try published attacks on a model and a gateway of our own.")
    {
        Subcommands = { Extraction() },
    };

    private static VerbCommand Extraction() => new(
        "extraction", "Steal the last layer of a model through its probabilities: undefended, and through the responses.")
    {
        Options = { Dimension, Vocabulary, Factor, Decline, Seed, Format, Target },
        Examples =
        [
            ("Does the policy hold?", "stillwatch selftest extraction"),
            ("The same for a script, sooner", "stillwatch selftest extraction --dimension 16 --vocabulary 300 --format json"),
        ],
        Work = RunAsync,
    };

    private static async Task<int> RunAsync(ParseResult parsed, Terminal terminal, CancellationToken cancellation)
    {
        var settings = new ExtractionSettings(
            parsed.GetValue(Dimension), parsed.GetValue(Vocabulary), parsed.GetValue(Decline), parsed.GetValue(Factor),
            (ulong)parsed.GetValue(Seed));
        if (settings.Vocabulary < 4 * settings.Dimension || settings.Decline is not (>= 0 and <= 4))
        {
            throw new UnusableException("--vocabulary is at least four times --dimension, --decline is between 0 and 4.");
        }

        var report = await terminal.WithProgressAsync(display => new ExtractionSelftest(settings, display).RunAsync(cancellation));
        if (parsed.GetRequiredValue(Format) == "json")
        {
            await ResultTarget.WriteAsync(
                parsed.GetValue(Target), (stream, token) => ExtractionTables.WriteJsonAsync(report, stream, token), cancellation);
        }
        else
        {
            await Terminal.WriteReportAsync(parsed.GetValue(Target), console => ExtractionTables.Write(report, console), cancellation);
        }

        if (!report.IsLive)
        {
            terminal.Fault("inconclusive: an attack does not work undefended, so its failing elsewhere says nothing.");
            return ExitStatus.Failed;
        }

        foreach (var failure in report.Failures)
        {
            terminal.Fault($"{failure.Defence} does not hold against the attack by {failure.Attack}, {failure.Factor}x the requests.");
        }

        return report.Failures.Any() ? ExitStatus.Failed : ExitStatus.Done;
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
