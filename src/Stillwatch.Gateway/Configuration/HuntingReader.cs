namespace Stillwatch.Gateway.Configuration;

/// <summary>Reads how often is hunted.</summary>
internal sealed class HuntingReader(MappingReader root, Func<string?, string?> fullPath)
{
    private static readonly TimeSpan Every = TimeSpan.FromHours(6);

    public HuntingOptions? Read(GatewayOptions options)
    {
        if (root.Mapping("hunts") is not { } members)
        {
            return null;
        }

        var every = members.Duration("every", Every, TimeSpan.FromMinutes(1), TimeSpan.FromDays(7));
        var store = members.Text("store");
        var findings = fullPath(members.Text("findings"));
        var indicators = members.Texts("indicators").Select(item => fullPath(item.Text)!).ToList();
        members.Finish();
        Check(members, options, store);
        return new(
            every,
            options.Observation.Log is null ? options.Observation.Store ?? "" : fullPath(store) ?? "",
            options.Observation.Log,
            findings,
            indicators);
    }

    private static void Check(MappingReader members, GatewayOptions options, string? store)
    {
        if (options.Decisions is null)
        {
            members.Fault("every", "hunts decide by the log of decisions: give 'decisions' as well.");
        }

        if (options.Observation.Log is not null && store is null)
        {
            members.Fault("store", "it is missing: the directory into which the gateway's logs are read to be hunted.");
        }
        else if (options.Observation.Store is { } recorded && !recorded.Contains("://", StringComparison.Ordinal))
        {
            members.Fault("store", "a store in a directory belongs to the gateway while it runs: record to 'observation.log', or to a "
                + "ClickHouse server.");
        }
        else if (options.Observation.Store is not null && store is not null)
        {
            members.Fault("store", "it is given already: the server in 'observation.store' is hunted.");
        }
    }
}
