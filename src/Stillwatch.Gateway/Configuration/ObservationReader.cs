using Stillwatch.Interactions;

namespace Stillwatch.Gateway.Configuration;

/// <summary>Reads where interactions go.</summary>
internal sealed class ObservationReader(MappingReader root, Func<string?, string?> fullPath)
{
    public ObservationOptions Read()
    {
        var defaults = new ObservationOptions { Spool = string.Empty };
        if (root.Mapping("observation") is not { } members)
        {
            root.Fault("observation", "it is missing; such as 'observation: {spool: spool, store: stillwatch-data}'.");
            return defaults;
        }

        var store = members.Text("store");
        var read = new ObservationOptions
        {
            Spool = fullPath(members.Text("spool", required: true)) ?? string.Empty,
            Store = store is null || store.Contains("://", StringComparison.Ordinal) ? store : fullPath(store),
            Log = fullPath(members.Text("log")),
            Content = Content(members, ContentPolicy.Default),
            SegmentBytes = members.Size("segment_bytes", defaults.SegmentBytes, 64 << 10, 1 << 30),
            MaxSpoolBytes = members.Size("max_spool_bytes", defaults.MaxSpoolBytes, 1 << 20, 1L << 40),
            RefuseWhenFull = members.Flag("refuse_when_full"),
            FlushEvery = members.Duration("flush_every", defaults.FlushEvery, TimeSpan.FromMilliseconds(10), TimeSpan.FromMinutes(1)),
            DrainEvery = members.Duration("drain_every", defaults.DrainEvery, TimeSpan.FromMilliseconds(50), TimeSpan.FromMinutes(10)),
        };
        members.Finish();
        if (read.Store is null == read.Log is null)
        {
            members.Fault("store", "interactions go to a store or to a directory of logs: give exactly one of store and log.");
        }

        return read;
    }

    /// <summary>What is kept of texts.</summary>
    public static ContentPolicy Content(MappingReader members, ContentPolicy otherwise)
    {
        if (members.Text("keep") is not { } text)
        {
            return otherwise;
        }

        if (!ContentPolicy.TryParse(text, out var policy, out var error))
        {
            members.Fault("keep", error!);
        }

        return policy;
    }
}
