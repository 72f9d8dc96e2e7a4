using System.CommandLine;
using System.Globalization;
using System.IO.Compression;
using System.Text;
using Stillwatch.Campaigns;
using Stillwatch.Cli.Output;
using Stillwatch.Evaluation;
using Stillwatch.Gateway.Responses;
using Stillwatch.Interactions.Reading;

namespace Stillwatch.Cli.Verbs.Gateway;

/// <summary>Measures whom responses touch, or would.</summary>
internal static class RespondReportVerb
{
    private static readonly Argument<string[]> Logs = new("logs")
    {
        HelpName = "LOG",
        Description = "A gateway's logs, or with --findings any logs in the native format: files, directories, patterns.",
        Arity = ArgumentArity.OneOrMore,
    };

    private static readonly Option<string?> Findings = new("--findings")
    {
        HelpName = "FILE",
        Description = "Measure what these findings would lead to by the policy, on every request of the logs.",
    };

    private static readonly Option<string?> Config = RespondArguments.Config();

    private static readonly Option<string?> TruthFile = new("--truth")
    {
        HelpName = "FILE",
        Description = "Labels of benchmark data: then honest accounts are counted apart, with an exact 95 % interval.",
    };

    public static VerbCommand Create() => new("report", "Count whose requests responses touched, or would have in shadow.")
    {
        Arguments = { Logs },
        Options = { Findings, Config, TruthFile },
        Examples =
        [
            ("What did the shadows say this month?", "stillwatch respond report gateway-log/"),
            ("What would these findings do, and to whom?",
                "stillwatch respond report interactions.jsonl.gz --findings findings.json --truth truth.jsonl.gz"),
        ],
        Work = RunAsync,
    };

    private static async Task<int> RunAsync(ParseResult parsed, Terminal terminal, CancellationToken cancellation)
    {
        var truth = parsed.GetValue(TruthFile) is { } path ? await TruthAsync(path, cancellation) : null;
        var planned = await PlannedAsync(parsed, terminal, cancellation);
        var traffic = new TouchedTraffic(truth);
        foreach (var file in InputDiscovery.Find(parsed.GetRequiredValue(Logs)))
        {
            await using var stored = file.Open();
            var isGzip = file.Name.EndsWith(".gz", StringComparison.Ordinal);
            await using var content = isGzip ? new GZipStream(stored, CompressionMode.Decompress) : stored;
            await foreach (var request in RecordedDecisions.ReadAsync(content, cancellation))
            {
                traffic.Add(request.Account, request.Tier, planned is null
                    ? request.Effects
                    : planned.TryGetValue(request.Account, out var effect) ? [effect] : []);
            }
        }

        await CaseOptions.SayAsync(Describe(traffic), cancellation);
        return ExitStatus.Done;
    }

    private static async Task<Truth> TruthAsync(string path, CancellationToken cancellation)
    {
        await using var file = InputStream.Open(path);
        return await TruthReader.ReadAsync(file, path, cancellation);
    }

    /// <summary>What findings would lead to, by account; null where the recorded decisions are counted.</summary>
    private static async Task<Dictionary<string, string>?> PlannedAsync(
        ParseResult parsed, Terminal terminal, CancellationToken cancellation)
    {
        if (parsed.GetValue(Findings) is not { } path)
        {
            return null;
        }

        await using var file = InputStream.Open(path);
        var findings = await FindingsJson.ReadAsync(file, path, cancellation);
        var policy = RespondArguments.Read(parsed.GetValue(Config), terminal)?.Responses.Policy ?? ResponsePolicy.Default;
        var plan = new ResponsePlan(policy, new ResponseHistory(), "report", TimeProvider.System.GetUtcNow());
        var digest = await ResponseDesk.DigestAsync(findings, cancellation);
        return plan.Of(findings, digest, liftCleared: false).Where(static one => one.Rule is not null)
            .ToDictionary(static one => one.Account, static one => GraduatedResponses.EffectOf(one.Rule!), StringComparer.Ordinal);
    }

    private static string Describe(TouchedTraffic traffic)
    {
        var lines = new StringBuilder();
        foreach (var count in traffic.Counts)
        {
            var accounts = Proportion.Exact(count.Accounts, count.OfAccounts);
            lines.Append(
                CultureInfo.InvariantCulture,
                $"{count.Effect,-15}  {Printable.Clean(count.Group),-12}  {count.Requests} of {count.OfRequests} requests, "
                + $"{count.Accounts} of {count.OfAccounts} accounts ({100 * accounts.Value:0.00} %, "
                + $"{100 * accounts.Lower:0.00} to {100 * accounts.Upper:0.00})\n");
        }

        var (requests, seen) = traffic.All;
        return lines.Length == 0
            ? string.Create(CultureInfo.InvariantCulture, $"nothing was touched: {requests} requests of {seen} accounts\n")
            : lines.ToString();
    }
}
