using System.Globalization;
using System.Text;
using Stillwatch.Gateway.Dialects;

namespace Stillwatch.Gateway.Observation;

/// <summary>What the gateway did, in numbers. Safe to use from many threads.</summary>
/// <remarks>Labels take few values, none of which a client chooses: endpoints, outcomes, reasons.</remarks>
public sealed class GatewayMetrics
{
    private static readonly int Endpoints = Enum.GetValues<ApiEndpoint>().Length;
    private static readonly int Outcomes = Enum.GetValues<ExchangeOutcome>().Length;

    private readonly long[,] _requests = new long[Endpoints, Outcomes];
    private readonly long[] _refusals = new long[Enum.GetValues<RefusalReason>().Length];
    private readonly long[] _tokens = new long[4];
    private readonly DurationHistogram[] _durations = [.. Enumerable.Range(0, Endpoints).Select(static _ => new DurationHistogram())];
    private readonly DurationHistogram _firstByte = new();
    private long _inProgress;
    private long _unobserved;
    private long _reloads;
    private long _failedReloads;

    /// <summary>Admitted requests that have not ended.</summary>
    public long InProgress => Volatile.Read(ref _inProgress);

    /// <summary>Admitted requests of which the spool could not be told.</summary>
    public long Unobserved => Volatile.Read(ref _unobserved);

    /// <summary>Notes an admission.</summary>
    /// <returns>How many are in progress with it.</returns>
    internal long Enter() => Interlocked.Increment(ref _inProgress);

    /// <summary>Takes back an admission.</summary>
    internal void Leave() => Interlocked.Decrement(ref _inProgress);

    /// <summary>Notes a refusal.</summary>
    internal void Refuse(RefusalReason reason) => Interlocked.Increment(ref _refusals[(int)reason]);

    /// <summary>Notes an interaction that could not be recorded.</summary>
    internal void Miss() => Interlocked.Increment(ref _unobserved);

    /// <summary>Notes a reading of the configuration.</summary>
    internal void Reload(bool accepted) => Interlocked.Increment(ref accepted ? ref _reloads : ref _failedReloads);

    /// <summary>Notes the end of a request.</summary>
    internal void Complete(ApiEndpoint endpoint, in ReplySummary reply)
    {
        Interlocked.Increment(ref _requests[(int)endpoint, (int)reply.Outcome]);
        var source = reply.UsageSource is UsageSource.Upstream ? 0 : 1;
        Interlocked.Add(ref _tokens[source], reply.Usage.Input);
        Interlocked.Add(ref _tokens[2 + source], reply.Usage.Output);
        _durations[(int)endpoint].Add(reply.LatencyMs / 1000);
        if (reply.FirstByteMs is { } first)
        {
            _firstByte.Add(first / 1000);
        }
    }

    /// <summary>Writes everything in Prometheus' text format 0.0.4.</summary>
    internal void Write(StringBuilder output)
    {
        Begin(output, "stillwatch_gateway_requests_total", "counter", "Admitted requests that ended, by endpoint and outcome.");
        foreach (var endpoint in Enum.GetValues<ApiEndpoint>())
        {
            foreach (var outcome in Enum.GetValues<ExchangeOutcome>())
            {
                if (Volatile.Read(ref _requests[(int)endpoint, (int)outcome]) is > 0 and var count)
                {
                    var labels = $"endpoint=\"{EndpointTable.NameOf(endpoint)}\",outcome=\"{InteractionRecords.NameOf(outcome)}\"";
                    output.Append(CultureInfo.InvariantCulture, $"stillwatch_gateway_requests_total{{{labels}}} {count}\n");
                }
            }
        }

        WriteRefusals(output);
        WriteTokens(output);
        WriteDurations(output);
        Value(output, "stillwatch_gateway_requests_in_progress", "gauge", "Admitted requests that have not ended.", InProgress);
        Value(output, "stillwatch_gateway_unobserved_total", "counter", "Admitted requests the spool could not take.", Unobserved);
        Value(output, "stillwatch_gateway_reloads_total", "counter", "Configurations that were put in use.", Volatile.Read(ref _reloads));
        Value(
            output, "stillwatch_gateway_failed_reloads_total", "counter", "Configurations that were refused.",
            Volatile.Read(ref _failedReloads));
        WriteProcess(output);
    }

    /// <summary>Writes one metric without labels.</summary>
    internal static void Value(StringBuilder output, string name, string type, string help, long value)
    {
        Begin(output, name, type, help);
        output.Append(CultureInfo.InvariantCulture, $"{name} {value}\n");
    }

    private static void Begin(StringBuilder output, string name, string type, string help) =>
        output.Append(CultureInfo.InvariantCulture, $"# HELP {name} {help}\n# TYPE {name} {type}\n");

    private static void WriteProcess(StringBuilder output)
    {
        Value(output, "process_resident_memory_bytes", "gauge", "Memory that the process holds.", Environment.WorkingSet);
        Value(
            output, "dotnet_gc_last_collection_heap_size_bytes", "gauge", "The managed heap after its last collection.",
            GC.GetGCMemoryInfo().HeapSizeBytes);
        Begin(output, "dotnet_gc_collections_total", "counter", "Collections of the managed heap, by the oldest generation collected.");
        for (var generation = 0; generation <= GC.MaxGeneration; generation++)
        {
            var count = GC.CollectionCount(generation) - (generation < GC.MaxGeneration ? GC.CollectionCount(generation + 1) : 0);
            output.Append(CultureInfo.InvariantCulture, $"dotnet_gc_collections_total{{generation=\"gen{generation}\"}} {count}\n");
        }
    }

    private void WriteRefusals(StringBuilder output)
    {
        Begin(output, "stillwatch_gateway_refusals_total", "counter", "Requests and streams that were refused or ended, by reason.");
        foreach (var reason in Enum.GetValues<RefusalReason>())
        {
            if (Volatile.Read(ref _refusals[(int)reason]) is > 0 and var count)
            {
                output.Append(CultureInfo.InvariantCulture, $"stillwatch_gateway_refusals_total{{reason=\"{Snake(reason)}\"}} {count}\n");
            }
        }
    }

    private void WriteTokens(StringBuilder output)
    {
        Begin(output, "stillwatch_gateway_tokens_total", "counter", "Tokens, by direction and by who counted them.");
        for (var i = 0; i < _tokens.Length; i++)
        {
            var labels = $"direction=\"{(i < 2 ? "input" : "output")}\",source=\"{(i % 2 == 0 ? "upstream" : "gateway")}\"";
            output.Append(CultureInfo.InvariantCulture, $"stillwatch_gateway_tokens_total{{{labels}}} {Volatile.Read(ref _tokens[i])}\n");
        }
    }

    private void WriteDurations(StringBuilder output)
    {
        Begin(output, "stillwatch_gateway_request_duration_seconds", "histogram", "From a request's arrival to the end of its reply.");
        foreach (var endpoint in Enum.GetValues<ApiEndpoint>())
        {
            var labels = $"endpoint=\"{EndpointTable.NameOf(endpoint)}\",";
            _durations[(int)endpoint].Write(output, "stillwatch_gateway_request_duration_seconds", labels);
        }

        Begin(output, "stillwatch_gateway_first_byte_seconds", "histogram",
            "From a request's arrival to the first byte of its reply's body.");
        _firstByte.Write(output, "stillwatch_gateway_first_byte_seconds", string.Empty);
    }

    private static string Snake(RefusalReason reason) =>
        string.Concat(reason.ToString().Select(static (c, i) => (char.IsUpper(c) && i > 0 ? "_" : "") + char.ToLowerInvariant(c)));
}
