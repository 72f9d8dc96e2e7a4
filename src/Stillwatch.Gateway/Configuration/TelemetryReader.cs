namespace Stillwatch.Gateway.Configuration;

/// <summary>Reads where traces and metrics go.</summary>
internal static class TelemetryReader
{
    public static TelemetryOptions? Read(MappingReader root)
    {
        if (root.Mapping("telemetry") is not { } members)
        {
            return null;
        }

        var text = members.Text("otlp", required: true);
        var isAddress = Uri.TryCreate(text, UriKind.Absolute, out var address) && address.Scheme is "http" or "https";
        if (text is not null && !isAddress)
        {
            members.Fault("otlp", $"'{text}' is no address; write it as http://127.0.0.1:4318.");
        }

        const int All = 1_000_000;
        var options = new TelemetryOptions(isAddress ? address! : new("http://127.0.0.1"))
        {
            Service = members.Text("service") ?? "stillwatch",
            TraceShare = members.Millionths("trace_share", All, All) / (double)All,
            Every = members.Duration("every", TimeSpan.FromMinutes(1), TimeSpan.FromSeconds(1), TimeSpan.FromHours(1)),
        };
        members.Finish();
        return options;
    }
}
