using System.Text.Json;

namespace Stillwatch.Simulation.Scenarios;

/// <summary>Reads one campaign of a scenario; a family's defaults stand in for options that are not given.</summary>
internal static class CampaignReader
{
    private const int MaxAccounts = 1_000_000;
    private const double MaxHours = 2_400;

    private static readonly Interval Share = new(0, 1);

    public static CampaignScenario Read((JsonElement Value, string Path) item, List<ScenarioError> errors)
    {
        var members = new JsonMembers(item.Value, item.Path, errors);
        var id = members.Text("id", required: true) ?? string.Empty;
        var family = members.Choice<CampaignFamily>("family", null);
        var campaign = new CampaignScenario
        {
            Id = id,
            Family = family,
            Accounts = (int)(members.Integer("accounts", true, 1, MaxAccounts) ?? 1),
            Exchanges = members.Integer("exchanges", true, 1, Scenario.MaxInteractions) ?? 1,
            StartDay = members.Number("start_day", 0, new Interval(0, Scenario.MaxDays)),
            Days = members.Number("days", double.NaN, new Interval(0.1, Scenario.MaxDays)),
            Options = Options(members, CampaignFamilies.Defaults(family), errors),
        };
        members.RejectOthers();
        return campaign;
    }

    private static CampaignOptions Options(JsonMembers campaign, CampaignOptions defaults, List<ScenarioError> errors)
    {
        if (campaign.Element("options", false) is not { } value)
        {
            return defaults;
        }

        var members = new JsonMembers(value, campaign.PathOf("options"), errors);
        var options = Activity(members, Fleet(members, Content(members, defaults, errors), errors), errors);
        members.RejectOthers();
        return options;
    }

    private static CampaignOptions Content(JsonMembers members, CampaignOptions options, List<ScenarioError> errors) => options with
    {
        Capability = members.Choice<Capability>("capability", options.Capability),
        Kinds = members.Has("kinds")
            ? [.. members.Items("kinds").Select(item => Kind(item, errors))] : Known(members, "kinds", options.Kinds),
        Paraphrase = (int)(members.Integer("paraphrase", false, 0, 2) ?? options.Paraphrase),
        Turns = members.Number("turns", options.Turns, new Interval(1, 50)),
        RetryShare = members.Number("retry_share", options.RetryShare, new Interval(0, 0.5)),
        RetryElsewhere = members.Number("retry_elsewhere", options.RetryElsewhere, Share),
    };

    private static CampaignOptions Fleet(JsonMembers members, CampaignOptions options, List<ScenarioError> errors) => options with
    {
        Network = members.Choice<CampaignNetwork>("network", options.Network),
        AccountsPerIp = (int)(members.Integer("accounts_per_ip", false, 1, 10_000) ?? options.AccountsPerIp),
        AddressesPerAccount = (int)(members.Integer("addresses_per_account", false, 1, 3) ?? options.AddressesPerAccount),
        AccountsPerPayment = (int)(members.Integer("accounts_per_payment", false, 1, 10_000) ?? options.AccountsPerPayment),
        Mail = members.Choice<CampaignMail>("mail", options.Mail),
        Age = members.Choice<CampaignAge>("age", options.Age),
        Client = members.Choice<Uniformity>("client", options.Client),
        Style = members.Choice<Uniformity>("style", options.Style),
        ConsumerShare = members.Number("consumer_share", options.ConsumerShare, Share),
        Programs = members.Has("programs")
            ? [.. members.Items("programs").Select(item => Program(item, errors))] : Known(members, "programs", options.Programs),
    };

    private static CampaignOptions Activity(JsonMembers members, CampaignOptions options, List<ScenarioError> errors) => options with
    {
        Rhythm = members.Choice<CampaignRhythm>("rhythm", options.Rhythm),
        Balance = members.Choice<LoadBalance>("balance", options.Balance),
        Session = members.Number("session", options.Session, new Interval(1, 1_000)),
        JitterHours = members.Number("jitter_hours", options.JitterHours, new Interval(0, 24)),
        PerDay = members.Has("per_day") ? Range(members, "per_day", new Interval(1, 100_000)) : Known(members, "per_day", options.PerDay),
        RampDays = members.Number("ramp_days", options.RampDays, new Interval(0, Scenario.MaxDays)),
        Rotation = Rotation(members, options),
        RotationHours = members.Number("rotation_hours", options.RotationHours, new Interval(0, MaxHours)),
        Cover = members.Has("cover") ? Range(members, "cover", new Interval(0, 0.98)) : Known(members, "cover", options.Cover),
        Pivot = Pivot(members, options, errors),
        Model = members.Text("model") ?? options.Model,
    };

    private static T Known<T>(JsonMembers members, string name, T value)
    {
        members.Element(name, false);
        return value;
    }

    private static PromptKind Kind((JsonElement Value, string Path) item, List<ScenarioError> errors)
    {
        if (item.Value.ValueKind != JsonValueKind.String || !SnakeCase.TryParse<PromptKind>(item.Value.GetString(), out var kind))
        {
            errors.Add(new(item.Path, $"expected one of {SnakeCase.List<PromptKind>()}, found {JsonMembers.Describe(item.Value)}"));
            return default;
        }

        return kind;
    }

    private static string Program((JsonElement Value, string Path) item, List<ScenarioError> errors)
    {
        if (item.Value.ValueKind == JsonValueKind.String && item.Value.GetString() is { Length: > 0 } text)
        {
            return text;
        }

        errors.Add(new(item.Path, $"expected a text that is not empty, found {JsonMembers.Describe(item.Value)}"));
        return string.Empty;
    }

    private static int Rotation(JsonMembers members, CampaignOptions options)
    {
        var rotation = members.Integer("rotation", false, 0, int.MaxValue) ?? options.Rotation;
        if (rotation is > 0 and < 10)
        {
            members.Fail("rotation", $"expected 0 (never) or at least 10 requests, found {rotation}");
        }

        return (int)rotation;
    }

    private static Interval Range(JsonMembers members, string name, Interval bounds)
    {
        var items = members.Items(name).Select(item => item.Value).ToArray();
        var ends = items.Where(item => item.ValueKind == JsonValueKind.Number).Select(item => item.GetDouble()).ToArray();
        if (items.Length == 2 && ends.Length == 2 && bounds.Low <= ends[0] && ends[0] <= ends[1] && ends[1] <= bounds.High)
        {
            return new Interval(ends[0], ends[1]);
        }

        members.Fail(name, FormattableString.Invariant(
            $"expected [low, high] with {bounds.Low} <= low <= high <= {bounds.High}, found [{string.Join(", ", items)}]"));
        return bounds;
    }

    private static ModelPivot Pivot(JsonMembers parent, CampaignOptions options, List<ScenarioError> errors)
    {
        if (parent.Element("pivot", false) is not { } value)
        {
            return options.Pivot;
        }

        var members = new JsonMembers(value, parent.PathOf("pivot"), errors);
        var pivot = new ModelPivot(
            members.Number("share", double.NaN, Share),
            members.Number("within_hours", double.NaN, new Interval(0, MaxHours)),
            members.Flag("in_step", false));
        members.RejectOthers();
        return pivot;
    }
}
