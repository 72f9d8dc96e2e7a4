using System.Globalization;
using Microsoft.AspNetCore.Http;
using Stillwatch.Evidence.Sharing.Stix;
using Stillwatch.Evidence.Sharing.Taxii.Storage;

namespace Stillwatch.Evidence.Sharing.Taxii.Server;

/// <summary>The parameters of a question (TAXII 2.1, 3.4). Wrong ones are errors, unknown ones are ignored.</summary>
/// <param name="Filter">What is asked for.</param>
/// <param name="Limit">How much at once.</param>
/// <param name="After">Where the last page ended; null for the first.</param>
internal sealed record TaxiiQuery(TaxiiFilter Filter, int Limit, DateTimeOffset? After)
{
    private const int MaxValues = 100;

    /// <param name="request">The request.</param>
    /// <param name="maxPageSize">A larger limit is taken for this.</param>
    /// <param name="ofObject">The id of the one object that is asked for; null for all.</param>
    /// <param name="everyVersion">Whether match[version] has no meaning, as where versions are listed.</param>
    /// <exception cref="TaxiiException">A parameter is wrong.</exception>
    public static TaxiiQuery Of(HttpRequest request, int maxPageSize, string? ofObject = null, bool everyVersion = false)
    {
        var filter = new TaxiiFilter
        {
            AddedAfter = AddedAfter(request),
            Ids = ofObject is null ? Values(request, "match[id]") : new HashSet<string> { ofObject },
            Types = Values(request, "match[type]"),
            Versions = everyVersion ? VersionChoice.Every : Versions(request),
        };
        var versions = Values(request, "match[spec_version]");
        filter = versions.Count == 0 ? filter : filter with { SpecVersions = versions };
        return new TaxiiQuery(filter, ReadLimit(request, maxPageSize), ReadNext(request, filter));
    }

    private static DateTimeOffset? AddedAfter(HttpRequest request)
    {
        var text = request.Query["added_after"];
        return text.Count == 0 ? null
            : StixTimestamp.TryParse(text, out var time) ? time
            : throw TaxiiException.Bad("added_after is no time such as 2026-03-01T00:00:00.000000Z.");
    }

    private static int ReadLimit(HttpRequest request, int maxPageSize)
    {
        var text = request.Query["limit"];
        return text.Count == 0 ? maxPageSize
            : int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var limit) && limit > 0
                ? Math.Min(limit, maxPageSize)
                : throw TaxiiException.Bad("limit is no whole number from 1 on.");
    }

    private static DateTimeOffset? ReadNext(HttpRequest request, TaxiiFilter filter)
    {
        var text = request.Query["next"];
        return text.Count == 0
            ? null
            : PageToken.Read(text.ToString(), filter)
                ?? throw TaxiiException.Bad("next names no page of this question; it is good only with the parameters it was given for.");
    }

    private static VersionChoice Versions(HttpRequest request)
    {
        var names = Values(request, "match[version]");
        var times = names.Except(["all", "first", "last"]).Select(static name => StixTimestamp.TryParse(name, out var time)
            ? time
            : throw TaxiiException.Bad("match[version] holds something other than all, first, last and times.")).ToHashSet();
        return names.Count == 0 ? VersionChoice.Latest
            : new VersionChoice(names.Contains("all"), names.Contains("first"), names.Contains("last"), times);
    }

    private static HashSet<string> Values(HttpRequest request, string name)
    {
        var values = request.Query[name].SelectMany(static text => (text ?? "").Split(',')).Where(static value => value.Length > 0)
            .ToHashSet(StringComparer.Ordinal);
        return values.Count <= MaxValues ? values : throw TaxiiException.Bad($"{name} holds more than {MaxValues} values.");
    }
}
