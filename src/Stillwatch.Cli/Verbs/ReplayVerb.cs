using System.CommandLine;
using System.Globalization;
using Stillwatch.Cli.Output;
using Stillwatch.Hunting;

namespace Stillwatch.Cli.Verbs;

/// <summary>Shows how early each campaign would have been seen.</summary>
internal static class ReplayVerb
{
    private static readonly LogArguments Logs = LogStore.Arguments();
    private static readonly HuntSettings Settings = new();
    private static readonly Option<string> Format = CommonOptions.Format("table", "json");
    private static readonly Option<string?> Out = CommonOptions.Out();

    private static readonly Option<TimeSpan> Every = new("--every")
    {
        HelpName = "TIME",
        Description = "Event time between two hunts: 30m, 1h, 6h, 1d.",
        DefaultValueFactory = _ => TimeSpan.FromHours(1),
        CustomParser = static result =>
        {
            var text = result.Tokens.Count == 1 ? result.Tokens[0].Value : string.Empty;
            if (!TryParse(text, out var every))
            {
                result.AddError($"--every takes a number of minutes, hours or days such as 30m, 1h or 1d, at least 1m, not '{text}'.");
            }

            return every;
        },
    };

    public static VerbCommand Create()
    {
        var verb = new VerbCommand(
            "replay", "Hunt again and again as the log's own time passes, and say when each campaign was first seen.")
        {
            Options = { Every, Format, Out },
            Examples =
            [
                ("How early would the campaigns have been seen?", "stillwatch replay logs/ --accounts accounts.jsonl.gz --every 6h"),
                ("The same for 'evaluate'", "stillwatch replay logs/ --every 1h --format json --out findings.json"),
            ],
            Work = RunAsync,
        };
        Logs.AddTo(verb);
        Settings.AddTo(verb);
        return verb;
    }

    private static async Task<int> RunAsync(ParseResult parsed, Terminal terminal, CancellationToken cancellation)
    {
        ResultTarget.Check(parsed.GetValue(Out));
        var options = new ReplayOptions { Every = parsed.GetValue(Every), Hunt = Settings.Of(parsed, pictures: false) };
        await using var logs = await LogStore.OpenAsync(Logs, parsed, terminal, cancellation);
        var findings = await terminal.WithProgressAsync(display =>
            new Replay(logs.Store, options).RunAsync(new ReplayDisplay(display), cancellation));
        var result = new HuntResult { Findings = findings with { Rejected = logs.Rejected }, Pictures = [], Background = [] };
        await HuntVerb.WriteAsync(parsed.GetRequiredValue(Format), parsed.GetValue(Out), result, cancellation);
        return ExitStatus.Done;
    }

    private static bool TryParse(string text, out TimeSpan every)
    {
        every = default;
        if (text.Length < 2
            || !double.TryParse(text[..^1], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)
            || number > 10_000)
        {
            return false;
        }

        every = text[^1] switch
        {
            'm' => TimeSpan.FromMinutes(number),
            'h' => TimeSpan.FromHours(number),
            'd' => TimeSpan.FromDays(number),
            _ => default,
        };
        return every >= TimeSpan.FromMinutes(1);
    }

    /// <summary>Shows how far a replay is.</summary>
    private sealed class ReplayDisplay(IWorkDisplay display) : IProgress<ReplaySnapshot>
    {
        public void Report(ReplaySnapshot value) => display.Report("replaying", value.Hunts, value.Planned, "hunts");
    }
}
