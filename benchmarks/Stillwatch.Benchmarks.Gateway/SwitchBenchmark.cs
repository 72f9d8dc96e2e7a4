using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Stillwatch.Benchmarks.Gateway;

/// <summary>How soon a kill switch that the command line throws ends streams that are under way in a gateway.</summary>
/// <remarks>
/// From the time of the log's new checkpoint, as the file system noted it (a few milliseconds early at most, which counts against the
/// gateway), to the last event of the model's that each client gets, one each 100 ms were the streams to go on, and to the last byte of its
/// stream. As many rounds before are not counted, in which the gateway's code is compiled.
/// </remarks>
internal static class SwitchBenchmark
{
    private const string Scope = "model/test-model";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <param name="rounds">How often the switch is thrown.</param>
    /// <param name="count">Streams under way.</param>
    public static async Task<int> RunAsync(int rounds, int count)
    {
        await using var rig = await Rig.StartAsync(streams: true, quick: true);
        var body = Encoding.ASCII.GetBytes(
            """{"model":"test-model","stream":true,"max_tokens":100,"seed":600,"messages":[{"role":"user","content":"Hello there"}]}""");
        var (events, ends) = (new List<double>(), new List<double>());
        for (var round = -rounds; round < rounds; round++)
        {
            var streams = new List<Task<(DateTime Event, DateTime End)>>();
            for (var i = 0; i < count; i++)
            {
                var socket = await BeginAsync(rig.Key, body);
                streams.Add(Task.Factory.StartNew(() => End(socket), TaskCreationOptions.LongRunning));
            }

            await rig.RunAsync("switch", "propose", Scope, "--operator", "ann");
            var thrown = NextCheckpointAsync(rig);
            await rig.RunAsync("switch", "confirm", Scope, "--operator", "ben");
            var ended = await Task.WhenAll(streams).WaitAsync(Patience);
            if (round >= 0)
            {
                events.AddRange(ended.Select(at => Math.Max(0, (at.Event - thrown.Result).TotalMilliseconds)));
                ends.AddRange(ended.Select(at => (at.End - thrown.Result).TotalMilliseconds));
            }

            await rig.RunAsync("switch", "lift", Scope, "--operator", "ann");
            await rig.RunAsync("switch", "confirm", Scope, "--operator", "ben");
            await Task.Delay(200);
        }

        Console.WriteLine($"{rounds} times {count} streams; milliseconds after the log's checkpoint");
        Print("the model's last event", events);
        Print("the stream's end", ends);
        return 0;
    }

    private static void Print(string what, List<double> times)
    {
        times.Sort();
        Console.WriteLine(
            $"{what,-24} p50 {Quantiles.At(times, 0.5),7:F1}   p99 {Quantiles.At(times, 0.99),7:F1}   last {times[^1],7:F1}");
    }

    /// <summary>Asks for a stream, and waits for its first event.</summary>
    private static async Task<Socket> BeginAsync(string key, byte[] body)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(IPAddress.Loopback, Rig.GatewayToLog);
        var head = $"POST /v1/chat/completions HTTP/1.1\r\nHost: bench\r\nAuthorization: Bearer {key}\r\n"
            + $"Content-Type: application/json\r\nContent-Length: {body.Length}\r\n\r\n";
        await socket.SendAsync((byte[])[.. Encoding.ASCII.GetBytes(head), .. body]);
        var buffer = new byte[8 << 10];
        var read = await socket.ReceiveAsync(buffer);
        return Encoding.ASCII.GetString(buffer, 0, read).StartsWith("HTTP/1.1 200", StringComparison.Ordinal)
            ? socket
            : throw new InvalidOperationException(Encoding.ASCII.GetString(buffer, 0, read));
    }

    /// <summary>The first checkpoint after now: the command publishes another when it ends.</summary>
    private static Task<DateTime> NextCheckpointAsync(Rig rig)
    {
        var before = rig.CheckpointAt;
        return Task.Run(async () =>
        {
            while (rig.CheckpointAt == before)
            {
                await Task.Delay(1);
            }

            return rig.CheckpointAt;
        });
    }

    /// <summary>When the model's last event came, and when the stream had ended.</summary>
    private static (DateTime Event, DateTime End) End(Socket socket)
    {
        using (socket)
        {
            var buffer = new byte[8 << 10];
            var last = DateTime.MinValue;
            while (true)
            {
                var read = socket.Receive(buffer);
                last = buffer.AsSpan(0, read).IndexOf("\"sent\":"u8) >= 0 ? DateTime.UtcNow : last;
                if (read == 0 || buffer.AsSpan(0, read).EndsWith("0\r\n\r\n"u8))
                {
                    return (last, DateTime.UtcNow);
                }
            }
        }
    }
}
