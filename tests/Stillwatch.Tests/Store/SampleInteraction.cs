using System.Globalization;
using System.Text;
using Stillwatch.Interactions;

namespace Stillwatch.Tests.Store;

/// <summary>Interactions with every member set, told apart by what a test changes.</summary>
internal static class SampleInteraction
{
    public const long Noon = 1_772_452_800_000;

    public static Interaction Create(
        string? id = "req_1", long time = Noon, string account = "acct_1", string prompt = "Explain the proof, please.") => new()
        {
            Id = id,
            ObservedAtMs = time,
            Account = new(account),
            Organization = "org_1",
            ApiKey = $"key_{account}",
            Model = "aurora-2",
            Client = Client,
            Request = Content(prompt),
            ResponseText = Bytes("The reply."),
            FinishReason = "stop",
            Usage = new(120, 340, 20),
            Status = 200,
            LatencyMs = 1234.6,
        };

    /// <summary>So many, a second apart, of a few accounts.</summary>
    public static IReadOnlyList<Interaction> Series(int count, int accounts = 7, long start = Noon, string prefix = "s") =>
        [.. Enumerable.Range(0, count).Select(index => Create(
            string.Create(CultureInfo.InvariantCulture, $"{prefix}{index}"),
            start + index * 1000L,
            string.Create(CultureInfo.InvariantCulture, $"acct_{index % accounts}"),
            string.Create(CultureInfo.InvariantCulture, $"Question {index}: what follows from this?")))];

    public static ReadOnlyMemory<byte> Bytes(string text) => Encoding.UTF8.GetBytes(text);

    private static ClientPeer Client { get; } =
        new(new ClientAddress(0xffff_c633_6407), 64501, "DE", "client/1.0", "t13d1516h2_8daaf6152771");

    private static PromptContent Content(string prompt) => new()
    {
        System = Bytes("You are terse."),
        Messages = [new("user", Bytes("First question?")), new("assistant", Bytes("An answer.")), new("user", Bytes(prompt))],
        Tools = ["search", "browse"],
        Parameters = new(0.2, null, 400, null, null, null, null, true),
    };
}
