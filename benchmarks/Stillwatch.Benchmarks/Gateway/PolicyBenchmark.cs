using System.Diagnostics;
using System.Globalization;
using System.Net;
using Stillwatch.Gateway.Ownership;
using Stillwatch.Gateway.Policies;

namespace Stillwatch.Benchmarks.Gateway;

/// <summary>Time and memory of a decision, the question's translation included, for the policies of a file.</summary>
internal static class PolicyBenchmark
{
    private const int Rounds = 5;

    public static int Run(string path)
    {
        var policies = PolicySet.Parse(File.ReadAllText(path), out var faults);
        if (policies is null)
        {
            Console.Error.WriteLine(string.Join('\n', faults));
            return 2;
        }

        var policy = new AccessPolicy(policies);
        var question = new AccessQuestion("a-1", "o-1", "T1", "chat", "m-1", new(2026, 11, 28, 20, 0, 0, TimeSpan.Zero))
        {
            ModelFamilies = ["general"],
            Features = ["logprobs"],
            Country = "DE",
            AsnClass = "isp",
            Address = IPAddress.Parse("192.0.2.1"),
            HalfOrMore = OwnershipVerdict.Clear,
        };
        var request = AccessPolicy.RequestOf(question);
        Print(policies.Policies.Count, "decide", () => policy.Policies.Decide(request));
        Print(policies.Policies.Count, "translate and decide", () => policy.Decide(question));
        return 0;
    }

    private static void Print(int policies, string what, Func<PolicyDecision> decide)
    {
        const int Count = 100_000;
        var best = double.MaxValue;
        var bytes = 0L;
        for (var round = 0; round < Rounds; round++)
        {
            bytes = GC.GetAllocatedBytesForCurrentThread();
            var start = Stopwatch.GetTimestamp();
            for (var i = 0; i < Count; i++)
            {
                decide();
            }

            best = Math.Min(best, Stopwatch.GetElapsedTime(start).TotalMicroseconds / Count);
            bytes = (GC.GetAllocatedBytesForCurrentThread() - bytes) / Count;
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"  {policies} policies, {what,-22} {best,7:0.00} µs {bytes,7:N0} bytes"));
    }
}
