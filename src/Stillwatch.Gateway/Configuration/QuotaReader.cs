using System.Globalization;
using Stillwatch.Gateway.Quotas;

namespace Stillwatch.Gateway.Configuration;

/// <summary>Reads limits.</summary>
internal static class QuotaReader
{
    public static QuotaOptions? Read(MappingReader root, FurtherFiles files)
    {
        if (root.Mapping("quotas") is not { } members)
        {
            return null;
        }

        var limits = new List<QuotaLimit>();
        foreach (var limit in members.Mappings("limits"))
        {
            limits.Add(Limit(limit, limits));
        }

        if (limits.Count > QuotaLimits.MaxLimits)
        {
            members.Fault("limits", $"there are {limits.Count}; at most {QuotaLimits.MaxLimits} are accepted.");
        }

        var read = new QuotaOptions
        {
            Journal = files.FullPath(members.Text("journal", required: true)) ?? string.Empty,
            Limits = members.Faults.IsEmpty ? QuotaLimits.Create(limits) : QuotaLimits.Create(),
            MaxOutputTokens = members.Count("max_output_tokens", QuotaOptions.DefaultMaxOutputTokens, 1, 10_000_000),
            MinStreamTokens = members.Count("min_stream_tokens", 1, 1, 100_000),
        };
        members.Finish();
        return read;
    }

    private static QuotaLimit Limit(MappingReader limit, List<QuotaLimit> before)
    {
        var name = limit.Text("name", required: true) ?? string.Empty;
        var measure = limit.OneOf<QuotaMeasure>("measure");
        var window = limit.Duration("window", TimeSpan.Zero, QuotaLimit.MinWindow, QuotaLimit.MaxWindow);
        var read = new QuotaLimit(
            name,
            measure,
            measure is QuotaMeasure.Money ? limit.Millionths("cap", -1, QuotaLimit.MaxCap) : Cap(limit),
            window == TimeSpan.Zero ? null : window,
            limit.AnyOf<QuotaScope>("per"))
        {
            Match = Match(limit),
        };
        limit.Finish();
        if (limit.Text("cap", required: true) is not null && name.Length > 0 && read.Cap >= 0)
        {
            foreach (var fault in QuotaLimits.Faults([read]))
            {
                limit.Faults.Add(limit.Node, limit.PathOf("name"), fault);
            }
        }

        if (before.Exists(other => other.Name == name))
        {
            limit.Fault("name", $"'{name}' is given twice.");
        }

        return read;
    }

    private static long Cap(MappingReader limit)
    {
        if (limit.Text("cap") is not { } text)
        {
            return -1;
        }

        if (long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var cap) && cap <= QuotaLimit.MaxCap)
        {
            return cap;
        }

        limit.Fault("cap", $"'{text}' is no whole number from 0 to {QuotaLimit.MaxCap}.");
        return -1;
    }

    private static QuotaMatch Match(MappingReader limit)
    {
        if (limit.Mapping("match") is not { } match)
        {
            return QuotaMatch.All;
        }

        var read = new QuotaMatch
        {
            Keys = Texts(match, "keys"),
            Accounts = Texts(match, "accounts"),
            Organisations = Texts(match, "organisations"),
            Models = Texts(match, "models"),
            Regions = Texts(match, "regions"),
            Tiers = Texts(match, "tiers"),
        };
        match.Finish();
        return read;
    }

    private static List<string>? Texts(MappingReader match, string member)
    {
        var texts = match.Texts(member).Select(static item => item.Text).ToList();
        return texts.Count == 0 && !match.Has(member) ? null : texts;
    }
}
