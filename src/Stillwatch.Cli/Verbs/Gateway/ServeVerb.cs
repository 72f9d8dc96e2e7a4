using System.CommandLine;
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
        var options = ReadConfiguration(path, terminal);
        if (parsed.GetValue(Check))
        {
            terminal.Note($"{path} is right: {Describe(options)}");
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

    /// <summary>Reads a configuration; all that is wrong with it is told.</summary>
    /// <exception cref="UnusableException">It is not there, or something is wrong with it.</exception>
    public static GatewayOptions ReadConfiguration(string path, Terminal terminal)
    {
        if (!File.Exists(path))
        {
            throw new UnusableException(
                $"there is no configuration at {path}: write one as docs/gateway.md shows, or name another by --config FILE.");
        }

        var (options, faults, _) = ConfigurationFile.Read(path);
        foreach (var fault in faults)
        {
            terminal.Fault(Printable.Clean(fault.ToString()));
        }

        return options ?? throw new UnusableException($"{path} cannot be used: {Plural.Of(faults.Count, "fault")}.");
    }

    private static string Describe(GatewayOptions options)
    {
        var keys = Stillwatch.Gateway.Identity.KeyFile.Load(options.KeysFile).Count;
        List<string> parts =
        [
            Plural.Of(options.Models.Count, "model"), Plural.Of(options.Upstreams.Count, "upstream"), Plural.Of(keys, "key"),
        ];
        if (options.Quotas is { } quotas)
        {
            parts.Add(Plural.Of(quotas.Limits.Limits.Count, "limit"));
        }

        if (options.Policies?.InForce is { } policies)
        {
            parts.Add(Plural.Of(policies.Policy.Policies.Policies.Count, "policy", "policies"));
        }

        if (options.Organisations is { } register)
        {
            parts.Add(Plural.Of(register.Standings.Count(), "organisation"));
        }

        return string.Join(", ", parts);
    }

    private static void Configure(ILoggingBuilder logging, bool requests) => logging
        .AddFilter("Microsoft", LogLevel.Warning)

        // While this one may be written to, the server makes a scope and an activity for every request.
        .AddFilter("Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.None)
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
