namespace Stillwatch.Gateway.Configuration;

/// <summary>Where traces and metrics go.</summary>
/// <param name="Otlp">The base address of a collector that speaks OTLP over HTTP; <c>v1/traces</c> and <c>v1/metrics</c> follow.</param>
public sealed record TelemetryOptions(Uri Otlp)
{
    /// <summary>The name of this service.</summary>
    public string Service { get; init; } = "stillwatch";

    /// <summary>The share of requests of which a trace is sent, from 0 to 1.</summary>
    public double TraceShare { get; init; } = 1;

    /// <summary>How often metrics are sent.</summary>
    public TimeSpan Every { get; init; } = TimeSpan.FromMinutes(1);
}
