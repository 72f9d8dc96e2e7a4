using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;
using Stillwatch.Gateway.Configuration;

namespace Stillwatch.Gateway.Telemetry;

/// <summary>Sends traces and metrics to a collector, as protobuf over HTTP (OTLP).</summary>
/// <remarks>
/// What does not arrive is dropped after the exporter's own attempts; requests never wait for it. Headers for the collector, such as its
/// key, come from the environment: OTEL_EXPORTER_OTLP_HEADERS.
/// </remarks>
internal sealed class TelemetryExport : IDisposable
{
    private readonly TracerProvider _traces;
    private readonly MeterProvider _metrics;

    public TelemetryExport(TelemetryOptions options)
    {
        var resource = ResourceBuilder.CreateEmpty().AddService(options.Service, autoGenerateServiceInstanceId: true);
        _traces = Sdk.CreateTracerProviderBuilder().SetResourceBuilder(resource).AddSource(RequestTelemetry.Name)
            .SetSampler(new TraceIdRatioBasedSampler(options.TraceShare))
            .AddOtlpExporter(exporter => Address(exporter, options.Otlp, "v1/traces"))
            .Build();
        _metrics = Sdk.CreateMeterProviderBuilder().SetResourceBuilder(resource).AddMeter(RequestTelemetry.Name)
            .AddOtlpExporter((exporter, reader) =>
            {
                Address(exporter, options.Otlp, "v1/metrics");
                reader.PeriodicExportingMetricReaderOptions.ExportIntervalMilliseconds = (int)options.Every.TotalMilliseconds;
            })
            .Build();
    }

    /// <summary>Sends what is left, for a few seconds at most.</summary>
    public void Dispose()
    {
        const int Milliseconds = 5000;
        _traces.ForceFlush(Milliseconds);
        _metrics.ForceFlush(Milliseconds);
        _traces.Dispose();
        _metrics.Dispose();
    }

    private static void Address(OtlpExporterOptions exporter, Uri collector, string path)
    {
        exporter.Protocol = OtlpExportProtocol.HttpProtobuf;
        exporter.Endpoint = new($"{collector.AbsoluteUri.TrimEnd('/')}/{path}");
    }
}
