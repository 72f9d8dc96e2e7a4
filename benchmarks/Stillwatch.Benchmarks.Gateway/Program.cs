using System.Globalization;
using Stillwatch.Benchmarks.Gateway;

return args switch
{
    ["latency", .. var rest] => await LatencyBenchmark.RunAsync(Number(rest, 0, 20)),
    ["throughput", .. var rest] => await ThroughputBenchmark.RunAsync(
        Number(rest, 0, 10), Number(rest, 1, 3), rest.Length > 2 ? rest[2] : null),
    ["flood", .. var rest] => await FloodBenchmark.RunAsync(Number(rest, 0, 10)),
    ["streams", .. var rest] => await StreamBenchmark.RunAsync(Number(rest, 0, 40)),
    ["paced", .. var rest] => await StreamBenchmark.PacedAsync(Number(rest, 0, 1000)),
    ["switches", .. var rest] => await SwitchBenchmark.RunAsync(Number(rest, 0, 20), Number(rest, 1, 200)),
    ["memory", .. var rest] => await MemoryBenchmark.RunAsync(Number(rest, 0, 60), rest.Length > 1 ? rest[1] : null),
    ["model-server", var port] => await StreamServer.RunAsync(int.Parse(port, CultureInfo.InvariantCulture)),
    ["bare-forwarder", var port, var upstream] => await BareForwarder.RunAsync(int.Parse(port, CultureInfo.InvariantCulture),
        new(upstream)),
    _ => Usage(),
};

static int Number(string[] arguments, int at, int otherwise) =>
    arguments.Length > at ? int.Parse(arguments[at], CultureInfo.InvariantCulture) : otherwise;

static int Usage()
{
    Console.Error.WriteLine(
        """
        The gateway beside no proxy at all, nginx, and a bare forwarder on Kestrel that decides and records nothing. Whatever is
        measured runs alone on core 0, the model server and the driver on core 1. Needs taskset, nginx and wrk (Debian packages).

          latency [ROUNDS]                one request at a time: microseconds, and what each adds
          throughput [SECONDS] [ROUNDS] [PORTKEY]
                                          requests a second of one core, 32 connections; PORTKEY is a folder in which
                                          the npm package @portkey-ai/gateway is installed, to have it beside
          flood [SECONDS]                 bad keys refused a second, and an honest client beside them
          streams [ROUNDS]                one stream at a time: first event, and each event
          paced [STREAMS]                 many streams of an event each 100 ms: lost events, late events
          switches [ROUNDS] [STREAMS]     a kill switch by the command line: until all streams under way have ended
          memory [MINUTES] [KIND]         mixed work at a pace: the gateway's resident memory, and its slope; KIND, as 'bad keys', does
                                          one kind of it alone without pauses
        """);
    return 2;
}
