using System.Text;
using Microsoft.AspNetCore.Http;
using Stillwatch.Gateway.Observation;

namespace Stillwatch.Gateway.Hosting;

/// <summary>
/// What the administration listener serves: metrics, health, readiness, how quotas and switches stand. It changes nothing and shows no
/// secret and no content.
/// </summary>
internal sealed class AdminPages(GatewayState state, GatewayControls controls, InteractionRecorder recorder, GatewayMetrics metrics)
{
    private const string MetricsType = "text/plain; version=0.0.4; charset=utf-8";
    private const string JsonType = "application/json";

    /// <summary>Answers a request.</summary>
    public Task HandleAsync(HttpContext http)
    {
        ArgumentNullException.ThrowIfNull(http);
        var (status, type, text) = (http.Request.Method, http.Request.Path.Value) switch
        {
            ("GET", "/metrics") => (StatusCodes.Status200OK, MetricsType, Metrics()),
            ("GET", "/healthz") => (StatusCodes.Status200OK, "text/plain", "ok\n"),
            ("GET", "/readyz") => Readiness(),
            ("GET", "/quotas") => (StatusCodes.Status200OK, JsonType, ControlPages.Quotas(controls)),
            ("GET", "/switches") => (StatusCodes.Status200OK, JsonType, ControlPages.Switches(controls)),
            _ => (StatusCodes.Status404NotFound, "text/plain", "There are /metrics, /healthz, /readyz, /quotas and /switches.\n"),
        };
        http.Response.StatusCode = status;
        http.Response.ContentType = type;
        return http.Response.WriteAsync(text, http.RequestAborted);
    }

    /// <summary>Not ready while stopping, and while requests could not be recorded and are refused for it.</summary>
    private (int Status, string Type, string Text) Readiness()
    {
        var observation = state.Current.Options.Observation;
        var isFull = observation.RefuseWhenFull && recorder.SpoolBytes >= observation.MaxSpoolBytes;
        var text = (state.IsStopping, isFull, recorder.IsTargetAway) switch
        {
            (true, _, _) => "stopping\n",
            (_, true, _) => "the spool is full\n",
            (_, _, true) => "ready; the store is away\n",
            _ => "ready\n",
        };
        return (state.IsStopping || isFull ? StatusCodes.Status503ServiceUnavailable : StatusCodes.Status200OK, "text/plain", text);
    }

    private string Metrics()
    {
        var output = new StringBuilder(8192);
        metrics.Write(output);
        GatewayMetrics.Value(output, "stillwatch_gateway_spool_bytes", "gauge", "Bytes of interactions on their way.", recorder.SpoolBytes);
        GatewayMetrics.Value(
            output, "stillwatch_gateway_stored_total", "counter", "Interactions handed to the store or log.", recorder.Stored);
        GatewayMetrics.Value(output, "stillwatch_gateway_rejected_total", "counter", "Interactions the store refused.", recorder.Rejected);
        GatewayMetrics.Value(
            output, "stillwatch_gateway_interrupted_total", "counter", "Interactions left unfinished before.", recorder.Interrupted);
        GatewayMetrics.Value(
            output, "stillwatch_gateway_spool_failures_total", "counter", "Parts the spool could not take.", recorder.FailedWrites);
        GatewayMetrics.Value(
            output, "stillwatch_gateway_spool_damaged_total", "counter", "Segments whose end could not be read.", recorder.DamagedSegments);
        GatewayMetrics.Value(
            output, "stillwatch_gateway_drain_failures_total", "counter", "Failed attempts to empty the spool.", recorder.FailedDrains);
        return output.ToString();
    }
}
