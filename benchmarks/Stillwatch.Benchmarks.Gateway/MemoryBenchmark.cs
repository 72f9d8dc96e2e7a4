using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Text;

namespace Stillwatch.Benchmarks.Gateway;

/// <summary>The gateway's memory under hours of mixed work at a pace.</summary>
internal static class MemoryBenchmark
{
    private const int LargeBodyBytes = 120_000;
    private const double WarmUpShare = 1 / 6.0;
    private static readonly TimeSpan SampleEvery = TimeSpan.FromSeconds(10);

    /// <summary>What clients do, how many of them, and how long each waits before it does it again.</summary>
    private static readonly (string Name, int Clients, int PauseMs, Func<HttpClient, string, CancellationToken, Task> Act)[] Work =
    [
        ("short replies", 8, 200, static (http, key, stop) => AskAsync(http, key, Rig.Body, HttpStatusCode.OK, stop)),
        ("requests of 120 KB", 2, 400, static (http, key, stop) => AskAsync(http, key, BodyOf(LargeBodyBytes), HttpStatusCode.OK, stop)),
        ("streams", 4, 300, static (http, key, stop) => StreamAsync(http, key, int.MaxValue, stop)),
        ("streams that clients leave", 2, 400, static (http, key, stop) => StreamAsync(http, key, 10, stop)),
        ("bad keys", 2, 150, static (http, _, stop) => AskAsync(http, "sw-nobody", Rig.Body, HttpStatusCode.Unauthorized, stop)),
    ];

    /// <param name="minutes">How long.</param>
    /// <param name="only">One kind of work, done without pauses: what each request leaves behind; null for all, at their pace.</param>
    public static async Task<int> RunAsync(int minutes, string? only)
    {
        await using var rig = await Rig.StartAsync(streams: true, quick: true);
        using var ending = new CancellationTokenSource(TimeSpan.FromMinutes(minutes));
        var done = new long[Work.Length];
        var clients = Enumerable.Range(0, Work.Length).Where(kind => only is null || Work[kind].Name == only)
            .SelectMany(kind => Enumerable.Range(0, Work[kind].Clients).Select(_ =>
                WorkAsync(kind, only is null ? Work[kind].PauseMs : 1, rig.Key, done, ending.Token)));
        var resident = WatchAsync(() => rig.MemoryOf(Rig.GatewayToLog), ending.Token);
        var own = WatchAsync(() => rig.OwnMemoryOf(Rig.GatewayToLog), ending.Token);
        await Task.WhenAll([.. clients, resident, own]);
        var work = string.Join(", ", Work.Select((kind, i) => $"{done[i]} {kind.Name}"));
        Console.WriteLine($"{work} in {minutes} minutes");
        Print("resident memory", await resident);
        Print("of it no page of a file", await own);
        return 0;
    }

    private static async Task WorkAsync(int kind, int pauseMs, string key, long[] done, CancellationToken stop)
    {
        using var http = new HttpClient { BaseAddress = new($"http://127.0.0.1:{Rig.GatewayToLog}") };
        try
        {
            while (true)
            {
                await Work[kind].Act(http, key, stop);
                Interlocked.Increment(ref done[kind]);
                await Task.Delay(pauseMs, stop);
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // The time is up.
        }
    }

    private static async Task<List<(double Hours, double Megabytes)>> WatchAsync(Func<double> megabytes, CancellationToken stop)
    {
        var samples = new List<(double, double)>();
        var began = Stopwatch.GetTimestamp();
        try
        {
            while (true)
            {
                await Task.Delay(SampleEvery, stop);
                samples.Add((Stopwatch.GetElapsedTime(began).TotalHours, megabytes()));
                if (samples.Count % 30 == 0)
                {
                    Console.Error.WriteLine($"{samples[^1].Item1 * 60:F0} minutes: {samples[^1].Item2:F1} MB");
                }
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return samples;
        }
    }

    private static void Print(string what, List<(double Hours, double Megabytes)> samples)
    {
        var settled = samples.Where(sample => sample.Hours > samples[^1].Hours * WarmUpShare).ToList();
        var (slope, error) = SlopeOf(settled);
        Console.WriteLine(
            $"{what} after the first {samples[^1].Hours * 60 * WarmUpShare:F0} minutes: least {settled.Min(Size):F1} MB, "
            + $"median {settled.Select(Size).Order().ElementAt(settled.Count / 2):F1}, most {settled.Max(Size):F1}; "
            + $"slope {slope:F2} MB an hour (± {1.96 * error:F2}, as if samples were independent)");
    }

    private static double Size((double Hours, double Megabytes) sample) => sample.Megabytes;

    /// <summary>Least squares, and the standard error.</summary>
    private static (double Slope, double Error) SlopeOf(List<(double Hours, double Megabytes)> samples)
    {
        var (time, size) = (samples.Average(sample => sample.Hours), samples.Average(Size));
        var spread = samples.Sum(sample => Math.Pow(sample.Hours - time, 2));
        var slope = samples.Sum(sample => (sample.Hours - time) * (sample.Megabytes - size)) / spread;
        var left = samples.Sum(sample => Math.Pow(sample.Megabytes - size - (slope * (sample.Hours - time)), 2));
        return (slope, Math.Sqrt(left / (samples.Count - 2) / spread));
    }

    private static string BodyOf(int bytes) =>
        $$"""{"model":"test-model","max_tokens":128,"messages":[{"role":"user","content":"{{new string('x', bytes)}}"}]}""";

    private static HttpRequestMessage Request(string key, string body)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, "/v1/chat/completions")
        {
            Content = new StringContent(body, Encoding.UTF8, "application/json"),
        };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
        return request;
    }

    private static async Task AskAsync(HttpClient http, string key, string body, HttpStatusCode expected, CancellationToken stop)
    {
        using var request = Request(key, body);
        using var reply = await http.SendAsync(request, stop);
        if (reply.StatusCode != expected)
        {
            throw new InvalidOperationException($"A reply of {reply.StatusCode} where {expected} was due.");
        }
    }

    /// <summary>Reads so many lines of a stream, then hangs up.</summary>
    private static async Task StreamAsync(HttpClient http, string key, int lines, CancellationToken stop)
    {
        const string Body = """{"model":"test-model","stream":true,"max_tokens":10,"messages":[{"role":"user","content":"Hello there"}]}""";
        using var request = Request(key, Body);
        using var reply = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, stop);
        using var reader = new StreamReader(await reply.EnsureSuccessStatusCode().Content.ReadAsStreamAsync(stop));
        for (var i = 0; i < lines && await reader.ReadLineAsync(stop) is not null; i++)
        {
            // Nothing is kept.
        }
    }
}
