using System.Globalization;
using Stillwatch.Campaigns;
using Stillwatch.Gateway.Responses;

namespace Stillwatch.Gateway.Configuration;

/// <summary>Reads what follows from findings, and what the steps do.</summary>
/// <param name="root">The root.</param>
/// <param name="files">The files that it names.</param>
/// <param name="observation">What is recorded of everybody.</param>
internal sealed class ResponseReader(MappingReader root, FurtherFiles files, ObservationOptions observation)
{
    private const int LeastCap = 16;
    private const int MostCap = 10_000_000;

    public ResponseOptions Read()
    {
        if (root.Mapping("responses") is not { } members)
        {
            return new();
        }

        var read = new ResponseOptions
        {
            Policy = Policy(members),
            Reduce = Reduce(members),
            Observe = Observe(members),
            Canaries = Canaries(members),
            Text = members.Node.ToString(),
        };
        members.Finish();
        return read;
    }

    private static ResponsePolicy Policy(MappingReader members)
    {
        var policy = ResponsePolicy.Default with
        {
            Lasts = members.Duration("lasts", ResponsePolicy.DefaultLasts, TimeSpan.FromHours(1), ResponseRule.MaxDuration),
            Harshest = members.Has("harshest") ? members.OneOf<ResponseStep>("harshest") : ResponsePolicy.Default.Harshest,
            Exempt = Exempt(members),
        };
        return members.Has("rules") ? policy with { Rules = Rules(members, policy.Harshest) } : policy;
    }

    private static List<ResponsePolicyRule> Rules(MappingReader members, ResponseStep harshest)
    {
        var rules = new List<ResponsePolicyRule>();
        foreach (var rule in members.Mappings("rules"))
        {
            var verdict = rule.OneOf<Verdict>("verdict");
            var step = rule.OneOf<ResponseStep>("step");
            rules.Add(new(verdict, step) { Log10EValue = Evidence(rule), Enforce = rule.Flag("enforce") });
            rule.Finish();
            if (step > harshest)
            {
                rule.Fault("step", $"it is harsher than findings may set: 'harshest' is {MappingReader.NameOf(harshest)}; "
                    + $"say 'harshest: {MappingReader.NameOf(step)}' if that is meant.");
            }
        }

        return rules;
    }

    private static double? Evidence(MappingReader rule)
    {
        if (rule.Text("log10_e_value") is not { } text)
        {
            return null;
        }

        if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && value is >= 0 and <= 1000)
        {
            return value;
        }

        rule.Fault("log10_e_value", $"'{text}' is no number from 0 to 1000; 6 stands for evidence of a million to one.");
        return null;
    }

    /// <summary>Reads whom something does not touch.</summary>
    public static HashSet<ResponseScope> Exempt(MappingReader members)
    {
        var exempt = new HashSet<ResponseScope>();
        foreach (var (text, node, path) in members.Texts("exempt"))
        {
            if (ResponseScope.Parse($"{ResponseScope.Prefix}{text}") is { Kind: <= ResponseScopeKind.Organisation } scope)
            {
                exempt.Add(scope);
            }
            else
            {
                members.Faults.Add(node, path, $"'{text}' is none of key/ID, account/NAME, organisation/NAME.");
            }
        }

        return exempt;
    }

    private ObserveOptions? Observe(MappingReader members)
    {
        if (members.Mapping("observe") is not { } observe)
        {
            return null;
        }

        var log = files.FullPath(observe.Text("log", required: true)) ?? "";
        var defaults = new ObserveOptions(log) { Content = observation.Content };
        var read = defaults with
        {
            Content = ObservationReader.Content(observe, observation.Content),
            Share = Share(observe),
            DeleteAfter = observe.Duration("delete_after", defaults.DeleteAfter, TimeSpan.FromDays(1), TimeSpan.FromDays(366)),
            MaxBytes = observe.Size("max_bytes", defaults.MaxBytes, 1 << 20, 1L << 40),
        };
        observe.Finish();
        return read;
    }

    private static double Share(MappingReader observe)
    {
        var text = observe.Text("share") ?? "1";
        if (double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var share) && share is > 0 and <= 1)
        {
            return share;
        }

        observe.Fault("share", $"'{text}' is no share above 0 and up to 1; write it as 0.1.");
        return 1;
    }

    private List<TrapBook> Canaries(MappingReader members)
    {
        var books = new List<TrapBook>();
        foreach (var (text, node, path) in members.Texts("canaries"))
        {
            try
            {
                books.Add(TrapBook.Read(files.Named(text)));
            }
            catch (Exception unusable) when (unusable is IOException or UnauthorizedAccessException or InvalidDataException)
            {
                members.Faults.Add(node, path, $"{files.FullPath(text)} cannot be read: {unusable.Message}");
            }
        }

        return books;
    }

    private static ReduceOptions Reduce(MappingReader members)
    {
        var defaults = new ReduceOptions();
        if (members.Mapping("reduce") is not { } reduce)
        {
            return defaults;
        }

        var read = new ReduceOptions
        {
            Probabilities = reduce.Flag("probabilities", defaults.Probabilities),
            Reasoning = reduce.Has("reasoning") ? reduce.OneOf<ReasoningTreatment>("reasoning") : defaults.Reasoning,
            MaxOutputTokens = reduce.Has("max_output_tokens") ? reduce.Count("max_output_tokens", MostCap, LeastCap, MostCap) : null,
        };
        reduce.Finish();
        return read;
    }
}
