using System.CommandLine;
using System.Globalization;
using Microsoft.Extensions.Logging;
using Stillwatch.Cli.Output;
using Stillwatch.Gateway.Configuration;
using Stillwatch.Gateway.Forwarding;
using Stillwatch.Gateway.Hosting;

namespace Stillwatch.Cli.Verbs.Gateway;

/// <summary>Runs the gateway.</summary>
internal static class ServeVerb
{
    private static readonly Option<string> Config = new("--config")
    {
        HelpName = "FILE",
        Description = "The configuration (docs/gateway.md); it is read again when it changes or SIGHUP comes.",
        DefaultValueFactory = static _ => "stillwatch.yaml",
    };

    private static readonly Option<bool> Check = new("--check")
    {
        Description = "Only say what is wrong with the configuration and the keys, if anything.",
    };

    private static readonly Option<bool> Requests = new("--log-requests")
    {
        Description = "Log a line for every request: ids and figures, no text and no secret.",
    };

    public static VerbCommand Create() => new("serve", "Run the gateway in front of model servers until stopped.")
    {
        Options = { Config, Check, Requests },
        Examples =
        [
            ("Is the configuration right?", "stillwatch serve --config stillwatch.yaml --check"),
            ("Run it", "stillwatch serve --config stillwatch.yaml"),
        ],

        // The drain of requests in progress is bounded by the configuration, to an hour at most.
        Grace = TimeSpan.FromHours(1) + TimeSpan.FromMinutes(5),
        Work = RunAsync,
    };

    private static async Task<int> RunAsync(ParseResult parsed, Terminal terminal, CancellationToken cancellation)
    {
        var path = parsed.GetRequiredValue(Config);
        var (options, faults) = ConfigurationFile.Read(path);
        if (options is null)
        {
            foreach (var fault in faults)
            {
                terminal.Fault(Printable.Clean(fault.ToString()));
            }

            throw new UnusableException(string.Create(CultureInfo.InvariantCulture, $"{path} cannot be used: {faults.Count} faults."));
        }

        if (parsed.GetValue(Check))
        {
            var keys = Stillwatch.Gateway.Identity.KeyFile.Load(options.KeysFile).Count;
            terminal.Note(string.Create(
                CultureInfo.InvariantCulture,
                $"{path} is right: {options.Models.Count} models, {options.Upstreams.Count} upstreams, {keys} keys"));
            return ExitStatus.Done;
        }

        SocketThreads.UseForAllSockets();
        using var logs = LoggerFactory.Create(logging => Configure(logging, parsed.GetValue(Requests)));
        await using var host = await GatewayHost.StartAsync(options, new GatewayParts { Logs = logs }, path, cancellation);
        terminal.Note($"serving at {string.Join(", ", host.Addresses)}");
        await UntilAsync(cancellation);
        await host.StopAsync();
        cancellation.ThrowIfCancellationRequested();
        return ExitStatus.Done;
    }

    private static void Configure(ILoggingBuilder logging, bool requests) => logging
        .AddFilter("Microsoft", LogLevel.Warning)
        .AddFilter("Stillwatch", requests ? LogLevel.Debug : LogLevel.Information)
        .SetMinimumLevel(LogLevel.Debug)
        .AddJsonConsole(static console =>
        {
            console.TimestampFormat = "yyyy-MM-dd'T'HH:mm:ss.fff'Z'";
            console.UseUtcTimestamp = true;
        })
        .AddConsole(static console => console.LogToStandardErrorThreshold = LogLevel.Trace);

    private static async Task UntilAsync(CancellationToken cancellation)
    {
        var stopped = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registration = cancellation.Register(stopped.SetResult);
        await stopped.Task;
    }
}
