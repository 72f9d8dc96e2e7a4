using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Stillwatch.Benchmarks.Gateway;

/// <summary>How much later events arrive through each target than they were sent.</summary>
internal static class StreamBenchmark
{
    private const int StreamsARound = 4;
    private const int ShortStreamsARound = 40;
    private const int ShortEvents = 2;
    private const int PaceMs = 3;
    private const int ManyPaceMs = 100;
    private const int WarmUpRounds = 5;

    /// <summary>Between streams, so that none waits until the one before it is settled and recorded.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(5);

    public static async Task<int> RunAsync(int rounds)
    {
        await using var rig = await Rig.StartAsync(streams: true);
        var first = Rig.Targets.Select(_ => new List<double>()).ToList();
        var each = Rig.Targets.Select(_ => new List<double>()).ToList();
        var clients = ClientsOf(rig, BodyOf(PaceMs));
        var shortClients = ClientsOf(rig, BodyOf(PaceMs, ShortEvents));
        for (var round = -WarmUpRounds; round < rounds; round++)
        {
            for (var target = 0; target < clients.Count; target++)
            {
                for (var i = 0; i < StreamsARound; i++)
                {
                    Measure(clients[target], StreamServer.Events, [], round >= 0 ? each[target] : []);
                }

                for (var i = 0; i < ShortStreamsARound; i++)
                {
                    Measure(shortClients[target], ShortEvents, round >= 0 ? first[target] : [], []);
                }
            }
        }

        Print("from asking to the first event", first);
        Print("from sending to arriving, each later event", each);
        clients.ForEach(client => client.Dispose());
        shortClients.ForEach(client => client.Dispose());
        return 0;
    }

    /// <summary>Many streams at once through the gateway: what is lost, what is late by more than ten paces.</summary>
    public static async Task<int> PacedAsync(int streams)
    {
        await using var rig = await Rig.StartAsync(streams: true, quick: true);
        foreach (var (name, port) in Rig.Targets.Where(target => target.Port is Rig.Direct or Rig.Nginx or Rig.GatewayToLog))
        {
            var (events, late, worst) = await DriveManyAsync(port, rig.Key, streams);
            var memory = port == Rig.GatewayToLog ? $", {rig.MemoryOf(port):F0} MB" : "";
            Console.WriteLine(
                $"{name}: {streams} streams, {events} of {streams * StreamServer.Events} events, "
                + $"{late} later than {10 * ManyPaceMs} ms, worst {worst:F0} ms{memory}");
        }

        return 0;
    }

    private static List<RawClient> ClientsOf(Rig rig, string body) =>
        [.. Rig.Targets.Select(target => new RawClient(target.Port, rig.Key, body))];

    private static string BodyOf(int pace, int events = StreamServer.Events) =>
        $$"""{"model":"test-model","stream":true,"max_tokens":{{pace}},"seed":{{events}},"""
        + """
          "messages":[{"role":"user","content":"Hello there"}]}
          """;

    private static void Measure(RawClient client, int events, List<double> first, List<double> each)
    {
        Thread.Sleep(Pause);
        var began = Stopwatch.GetTimestamp();
        var seen = 0;
        client.Stream(piece =>
        {
            var now = Stopwatch.GetTimestamp();
            foreach (var sent in SentTimes(piece))
            {
                (seen == 0 ? first : each).Add(Stopwatch.GetElapsedTime(seen == 0 ? began : sent, now).TotalMicroseconds);
                seen++;
            }
        });
        if (seen != events)
        {
            throw new InvalidOperationException($"{seen} events of {events} arrived.");
        }
    }

    /// <summary>An event here is far shorter than a packet and paced, so it comes whole in one read.</summary>
    private static List<long> SentTimes(ReadOnlySpan<byte> piece)
    {
        var times = new List<long>(1);
        for (var at = piece.IndexOf("\"sent\":"u8); at >= 0; at = piece.IndexOf("\"sent\":"u8))
        {
            piece = piece[(at + 7)..];
            _ = System.Buffers.Text.Utf8Parser.TryParse(piece, out long sent, out _);
            times.Add(sent);
        }

        return times;
    }

    private static void Print(string what, List<List<double>> times)
    {
        times.ForEach(list => list.Sort());
        Console.WriteLine($"{"microseconds " + what,-58}{"p50",8}{"p99",8}{"added p50",11}{"added p99",11}");
        for (var i = 0; i < times.Count; i++)
        {
            var (p50, p99) = (Quantiles.At(times[i], 0.5), Quantiles.At(times[i], 0.99));
            Console.WriteLine(
                $"{Rig.Targets[i].Name,-58}{p50,8:F0}{p99,8:F0}"
                + $"{p50 - Quantiles.At(times[0], 0.5),11:F0}{p99 - Quantiles.At(times[0], 0.99),11:F0}");
        }
    }

    private static async Task<(int Events, int Late, double Worst)> DriveManyAsync(int port, string key, int streams)
    {
        var (events, late) = (0, 0);
        var worst = 0.0;
        var gate = new Lock();
        await Task.WhenAll(Enumerable.Range(0, streams).Select(async i =>
        {
            await Task.Delay(i * 2000 / streams);
            var times = await StreamOneAsync(port, key);
            lock (gate)
            {
                events += times.Count;
                late += times.Count(time => time > 10 * ManyPaceMs);
                worst = Math.Max(worst, times.DefaultIfEmpty().Max());
            }
        }));
        return (events, late, worst);
    }

    private static async Task<List<double>> StreamOneAsync(int port, string key)
    {
        var body = BodyOf(ManyPaceMs);
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(IPAddress.Loopback, port);
        await socket.SendAsync(Encoding.ASCII.GetBytes(
            $"POST /v1/chat/completions HTTP/1.1\r\nHost: bench\r\nAuthorization: Bearer {key}\r\n"
            + $"Content-Type: application/json\r\nContent-Length: {body.Length}\r\n\r\n{body}"));
        var buffer = new byte[8 << 10];
        var times = new List<double>();
        while (true)
        {
            var read = await socket.ReceiveAsync(buffer);
            var now = Stopwatch.GetTimestamp();
            times.AddRange(SentTimes(buffer.AsSpan(0, read)).Select(sent => Stopwatch.GetElapsedTime(sent, now).TotalMilliseconds));
            if (read == 0 || buffer.AsSpan(0, read).EndsWith("0\r\n\r\n"u8))
            {
                return times;
            }
        }
    }
}
