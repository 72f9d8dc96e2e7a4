using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Text.Json.Nodes;
using Stillwatch.Interactions.Reading;

namespace Stillwatch.IntegrationTests.Store;

/// <summary>Lines of a native log: accounts that ask about this and that, over some days, seeded.</summary>
internal static class SampleLog
{
    private static readonly DateTimeOffset Start = new(2025, 3, 2, 6, 0, 0, TimeSpan.Zero);
    private static readonly string[] Subjects = ["the proof", "this contract", "a recipe", "the index", "that poem", "our budget"];

    /// <summary>So many lines in the order of time.</summary>
    /// <param name="count">Lines.</param>
    /// <param name="seed">Other lines for another seed.</param>
    /// <param name="stepMs">Time from one line to the next.</param>
    /// <param name="accounts">Of how many accounts.</param>
    public static List<string> Lines(int count, int seed = 1, int stepMs = 60_000, int accounts = 40) =>
        [.. Enumerable.Range(0, count).Select(index => Line(index, seed, Start.AddMilliseconds((double)index * stepMs), accounts))];

    /// <summary>The lines as a file in memory.</summary>
    public static InputFile File(IEnumerable<string> lines, int ordinal = 0) =>
        InputFile.FromBytes(ordinal, $"log-{ordinal}", Bytes(lines));

    /// <summary>The lines as a compressed file in memory.</summary>
    public static InputFile GzipFile(IEnumerable<string> lines, int ordinal = 0)
    {
        using var stored = new MemoryStream();
        using (var gzip = new GZipStream(stored, CompressionLevel.Fastest))
        {
            gzip.Write(Bytes(lines));
        }

        return InputFile.FromBytes(ordinal, $"log-{ordinal}.gz", stored.ToArray());
    }

    public static byte[] Bytes(IEnumerable<string> lines) => Encoding.UTF8.GetBytes(string.Join('\n', lines) + "\n");

    private static string Line(int index, int seed, DateTimeOffset time, int accounts)
    {
        var random = new Random((seed * 1_000_003) + index);
        var account = random.Next(accounts);
        var subject = Subjects[random.Next(Subjects.Length)];
        return new JsonObject
        {
            ["time"] = time.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture),
            ["id"] = $"r{seed}_{index}",
            ["account"] = $"acct_{account}",
            ["organization"] = $"org_{account / 4}",
            ["api_key"] = $"key_{account}",
            ["model"] = $"aurora-{random.Next(3)}",
            ["client"] = Client(account, random),
            ["request"] = new JsonObject
            {
                ["system"] = $"You are assistant {account % 6}.",
                ["messages"] = new JsonArray(
                    Message("user", $"Please explain {subject} {random.Next(1000)} to me,\n step by step. Then rate it.")),
                ["parameters"] = new JsonObject { ["temperature"] = random.Next(9) / 10.0 },
            },
            ["response"] = new JsonObject { ["text"] = $"Well, {subject}.", ["finish_reason"] = "stop" },
            ["usage"] = new JsonObject { ["input_tokens"] = random.Next(500), ["output_tokens"] = random.Next(900) },
            ["status"] = 200,
            ["latency_ms"] = random.Next(20_000),
        }.ToJsonString();
    }

    private static JsonObject Client(int account, Random random) => new()
    {
        ["ip"] = $"198.51.{account % 256}.{random.Next(250)}",
        ["asn"] = 64_500 + (account % 5),
        ["country"] = "DE",
        ["user_agent"] = $"client/{account % 3}",
        ["ja4"] = $"t13d_{account % 4}",
    };

    private static JsonObject Message(string role, string content) => new() { ["role"] = role, ["content"] = content };
}
