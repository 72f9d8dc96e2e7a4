using System.CommandLine;
using System.Globalization;
using System.Text;
using Stillwatch.Cli.Output;
using Stillwatch.Gateway.Admission;
using Stillwatch.Gateway.Configuration;
using Stillwatch.Gateway.Dialects;
using Stillwatch.Gateway.Identity;
using Stillwatch.Gateway.Metering;
using Stillwatch.Gateway.Policies;

namespace Stillwatch.Cli.Verbs.Gateway;

/// <summary>Checks access policies, and explains what they decide.</summary>
internal static class PolicyVerb
{
    private static readonly Argument<string> Policies = new("file") { HelpName = "FILE", Description = "Policies in Cedar's language." };

    private static readonly Option<string> Config = new("--config")
    {
        HelpName = "FILE",
        Description = "The gateway's configuration, which names policies, models and organisations.",
        DefaultValueFactory = static _ => "stillwatch.yaml",
    };

    private static readonly Option<string> Account = new("--account") { HelpName = "NAME", Required = true, Description = "Who asks." };
    private static readonly Option<string?> Organisation = new("--organization")
    {
        HelpName = "NAME",
        Description = "Of which organisation.",
    };

    private static readonly Option<string> Model = new("--model") { HelpName = "NAME", Required = true, Description = "For which model." };
    private static readonly Option<string?> Country = new("--country") { HelpName = "CC", Description = "Where the address is." };

    private static readonly Option<string> Tier = new("--tier")
    {
        HelpName = "NAME",
        Description = "The tier that the key names.",
        DefaultValueFactory = static _ => "default",
    };

    private static readonly Option<string> Endpoint = new Option<string>("--endpoint")
    {
        HelpName = string.Join('|', EndpointTable.AllNames),
        Description = "What is called.",
        DefaultValueFactory = static _ => "chat",
    }.AcceptOnlyFromAmong([.. EndpointTable.AllNames]);

    private static readonly Option<string[]> Features = new Option<string[]>("--feature")
    {
        HelpName = "logprobs|logit-bias|stream|reasoning",
        Description = "What of the model is asked for; may be given again.",
    }.AcceptOnlyFromAmong("logprobs", "logit-bias", "stream", "reasoning");

    private static readonly Option<DateTimeOffset?> At = new("--at")
    {
        HelpName = "TIME",
        Description = "When, as 2027-01-31T12:00:00Z; now without it.",
        CustomParser = static result => DecisionArguments.TimeOf(result),
    };

    public static Command Create() => new("policy", "Check access policies, and explain what they decide.")
    {
        Subcommands = { Check(), Explain() },
    };

    private static VerbCommand Check() => new("check", "Say all that is wrong with a file of policies.")
    {
        Arguments = { Policies },
        Examples = [("Can it be used?", "stillwatch policy check access.cedar")],
        Work = static (parsed, terminal, _) =>
        {
            var path = parsed.GetRequiredValue(Policies);
            if (PolicyFile.Read(path, out var faults) is not { } read)
            {
                foreach (var fault in faults)
                {
                    terminal.Fault(Printable.Clean($"{path}:{fault}"));
                }

                throw new UnusableException($"{path} cannot be used: {Plural.Of(faults.Count, "fault")}.");
            }

            terminal.Note($"{path} is right: {Plural.Of(read.Policy.Policies.Policies.Count, "policy", "policies")}");
            return Task.FromResult(ExitStatus.Done);
        },
    };

    private static VerbCommand Explain() => new("explain", "Say what the policies of a configuration decide about a request, and why.")
    {
        Options = { Config, Account, Organisation, Tier, Model, Endpoint, Features, Country, At },
        Examples =
        [
            ("May a trial ask for probabilities?",
                "stillwatch policy explain --account alice --tier T0 --model gpt-oss-20b --feature logprobs"),
        ],
        Work = static async (parsed, terminal, cancellation) =>
        {
            var options = ServeVerb.ReadConfiguration(parsed.GetRequiredValue(Config), terminal);
            var request = RequestOf(parsed, options);
            var lines = new StringBuilder();
            var register = options.Organisations;
            lines.Append(CultureInfo.InvariantCulture, $"tier {request.Tier}")
                .Append(register is not null && request.Tier != request.Key.Tier ? $", though the key says {request.Key.Tier}\n" : "\n");
            Describe(lines, "in force", options.Policies?.InForce?.Policy, request);
            Describe(lines, "dry run", options.Policies?.DryRun?.Policy, request);
            await CaseOptions.SayAsync(Printable.CleanLines(lines.ToString()), cancellation);
            return ExitStatus.Done;
        },
    };

    private static AdmittedRequest RequestOf(ParseResult parsed, GatewayOptions options)
    {
        var features = parsed.GetValue(Features) ?? [];
        var endpoint = (ApiEndpoint)EndpointTable.AllNames.ToList().IndexOf(parsed.GetRequiredValue(Endpoint));
        var facts = new RequestFacts
        {
            Model = parsed.GetRequiredValue(Model),
            Logprobs = features.Contains("logprobs"),
            LogitBias = features.Contains("logit-bias") ? 1 : null,
            Stream = features.Contains("stream"),
            Reasoning = features.Contains("reasoning"),
        };
        var key = new GatewayKey
        {
            Id = "explain",
            Account = parsed.GetRequiredValue(Account),
            Organization = parsed.GetValue(Organisation),
            Tier = parsed.GetRequiredValue(Tier),
        };
        var route = options.Models.FirstOrDefault(model => model.Matches(facts.Model))
            ?? throw new UnusableException($"no entry of 'models' is for '{facts.Model}'.");
        var standing = options.Organisations?.StandingOf(key.Organization);
        return new(
            "explain", parsed.GetValue(At) ?? TimeProvider.System.GetUtcNow(), endpoint, EndpointTable.DialectOf(endpoint, "", false),
            key, facts, new(null, 0, parsed.GetValue(Country), null, null))
        {
            Route = route,
            Organisation = standing,
            Tier = standing is null ? key.Tier : options.Organisations!.Counting(key.Tier, standing.Reached).Name,
        };
    }

    private static void Describe(StringBuilder lines, string which, AccessPolicy? policy, AdmittedRequest request)
    {
        if (policy is null)
        {
            lines.Append(CultureInfo.InvariantCulture, $"{which}: no policies\n");
            return;
        }

        var decision = policy.Decide(PolicyAccess.QuestionOf(request));
        var reasons = decision.Reasons.Count > 0 ? string.Join(", ", decision.Reasons) : "nothing permits it";
        lines.Append(CultureInfo.InvariantCulture, $"{which}: {(decision.IsAllowed ? "allowed" : "denied")} by {reasons}\n");
        if (policy.MessageOf(decision) is { } message)
        {
            lines.Append(CultureInfo.InvariantCulture, $"  told: {message}\n");
        }

        foreach (var error in decision.Errors)
        {
            lines.Append(CultureInfo.InvariantCulture, $"  {error.Policy} did not count: {error.Message}\n");
        }
    }
}
