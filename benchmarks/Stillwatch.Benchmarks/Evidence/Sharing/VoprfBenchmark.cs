using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Stillwatch.Evidence.Sharing.PrivateMatching.Voprf;

namespace Stillwatch.Benchmarks.Evidence.Sharing;

/// <summary>Evaluations with proof a second on one core, beside @noble/curves in Node over the same batch.</summary>
internal static class VoprfBenchmark
{
    private const int Elements = 100;
    private static readonly TimeSpan Duration = TimeSpan.FromSeconds(5);

    /// <param name="oracles">The folder tests/oracles with its packages.</param>
    public static async Task<int> RunAsync(string oracles)
    {
        using var server = new OprfServer(Scalar.Random());
        var client = new OprfClient(OprfMode.Verifiable);
        var inputs = Enumerable.Range(0, Elements).Select(number => client.Blind(new byte[] { (byte)number })).ToList();
        var elements = inputs.Select(static input => input.Element).ToList();
        var ours = PerSecond(() => server.EvaluateAndProve(elements).Dispose());
        using var evaluation = server.EvaluateAndProve(elements);
        var finals = PerSecond(() => client.Finalize(inputs, evaluation.Elements, server.PublicKey, evaluation.Proof));
        var blinds = PerSecond(() => elements.ForEach(_ => client.Blind(new byte[] { 1 }).Dispose()));
        var noble = await NobleAsync(oracles);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"""
            VOPRF P256-SHA256, batches of {Elements}, one core, values a second
              evaluate and prove   {ours,8:#,0}   @noble/curves in Node {noble,8:#,0}   ratio {ours / noble:0.0}
              blind                {blinds,8:#,0}
              verify and finalize  {finals,8:#,0}
            """));
        return 0;
    }

    private static double PerSecond(Action batch)
    {
        batch();
        var clock = Stopwatch.StartNew();
        var batches = 0;
        for (; clock.Elapsed < Duration; batches++)
        {
            batch();
        }

        return batches * Elements / clock.Elapsed.TotalSeconds;
    }

    private static async Task<double> NobleAsync(string oracles)
    {
        var start = new ProcessStartInfo("node", [Path.Combine(oracles, "voprf.mjs")])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        using var node = Process.Start(start)!;
        await node.StandardInput.WriteAsync(
            JsonSerializer.Serialize(new Dictionary<string, object> { ["do"] = "speed", ["elements"] = Elements, ["seconds"] = 5 }));
        node.StandardInput.Close();
        var answer = await node.StandardOutput.ReadToEndAsync();
        await node.WaitForExitAsync();
        return JsonDocument.Parse(answer).RootElement.GetProperty("perSecond").GetDouble();
    }
}
