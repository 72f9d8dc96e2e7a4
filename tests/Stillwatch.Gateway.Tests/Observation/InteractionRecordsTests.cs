using System.Globalization;
using System.Net;
using System.Text;
using Stillwatch.Gateway.Admission;
using Stillwatch.Gateway.Dialects;
using Stillwatch.Gateway.Identity;
using Stillwatch.Gateway.Observation;
using Stillwatch.Interactions;
using Stillwatch.Interactions.Reading;

namespace Stillwatch.Gateway.Tests.Observation;

/// <summary>Whatever a client may send, its record is one that the product's own reader understands.</summary>
public sealed class InteractionRecordsTests
{
    private static readonly string[] Pieces =
    [
        "plain", "\\\"", "\\\\", "\\n", "\\u00e4", "\\ud83d\\ude00", "\\ud800", "\\udc00x", "\\u0000", "ü", "😀", "\\/", "]}",
            "{\\\"role\\\":1}", " ", "",
    ];

    [Fact]
    public async Task Record_OfRandomContent_IsReadBackAsOneInteraction()
    {
        const int Seed = 20261128;
        var random = new Random(Seed);
        for (var round = 0; round < 2000; round++)
        {
            var endpoint = (ApiEndpoint)random.Next((int)ApiEndpoint.CountTokens + 1);
            var (member, instruction) = endpoint switch
            {
                ApiEndpoint.Completions => ("prompt", "system"),
                ApiEndpoint.Responses or ApiEndpoint.Embeddings => ("input", "instructions"),
                _ => ("messages", "system"),
            };
            var body = $$"""{"model":"m","{{member}}":{{Value(random, 0)}},"{{instruction}}":{{Value(random, 0)}},"""
                + $$""" "tools":{{Value(random, 0)}},"metadata":{{Value(random, 0)}}}""";
            Assert.True(RequestReader.TryRead(Encoding.UTF8.GetBytes(body), endpoint, out var facts, out var refusal),
                $"{round}: {refusal} {body}");
            await CheckAsync(endpoint, facts!, body, round);
        }
    }

    [Fact]
    public async Task Record_WithoutTextsThatAreNotKept_HasNone()
    {
        const string Body =
            """{"model":"m","system":"one","tools":[{"name":"four"}],"""
            + """ "messages":[{"role":"developer","content":"two"},{"role":"user","content":"three"}]}""";
        Assert.True(RequestReader.TryRead(Encoding.UTF8.GetBytes(Body), ApiEndpoint.Messages, out var facts, out _));
        var none = Record(ApiEndpoint.Messages, facts!, Body, ContentPolicy.All(ContentTreatment.None));
        Assert.All(new[] { "one", "two", "three", "four" }, text => Assert.DoesNotContain(text, none, StringComparison.Ordinal));
        var noSystem = Record(ApiEndpoint.Messages, facts!, Body, ContentPolicy.Default with { System = ContentTreatment.None });
        Assert.DoesNotContain("one", noSystem, StringComparison.Ordinal);
        Assert.DoesNotContain("two", noSystem, StringComparison.Ordinal);
        Assert.Contains("three", noSystem, StringComparison.Ordinal);
        var interaction = await ReadAsync(none);
        Assert.Equal("m", interaction.Model);
        Assert.Empty(interaction.Request.Messages);
    }

    private static async Task CheckAsync(ApiEndpoint endpoint, RequestFacts facts, string body, int round)
    {
        var line = Record(endpoint, facts, body, ContentPolicy.All(ContentTreatment.Full));
        Assert.False(line.Contains('\n', StringComparison.Ordinal), line);
        var interaction = await ReadAsync(line);
        Assert.True(interaction.Id == "req_fixed", $"{round}: {line}");
        Assert.Equal(("alice", "m", 7, 9), (interaction.Account.Value, interaction.Model, interaction.Usage.Input,
            interaction.Usage.Output));
        Assert.Equal(ClientAddress.TryParse("192.0.2.7"u8, out var address) ? address : null, interaction.Client.Address);
        Assert.Equal("a \"quoted\" agent", interaction.Client.UserAgent);
    }

    private static async Task<Interaction> ReadAsync(string line)
    {
        var faults = new InputFaults();
        var reader = new InteractionReader(new() { Format = InputFormat.Native }, faults,
            new SteppedTime(new(2026, 11, 28, 0, 0, 0, TimeSpan.Zero)));
        var read = new List<Interaction>();
        await foreach (var interaction in reader.ReadAsync([InputFile.FromBytes(0, "record", Encoding.UTF8.GetBytes(line + "\n"))],
            TestContext.Current.CancellationToken))
        {
            read.Add(interaction);
        }

        Assert.True(faults.Snapshot().Rejected.Total == 0, line);
        return Assert.Single(read);
    }

    private static string Record(ApiEndpoint endpoint, RequestFacts facts, string body, ContentPolicy policy)
    {
        var request = new AdmittedRequest(
            "req_fixed", new(2026, 11, 28, 1, 2, 3, TimeSpan.Zero), endpoint, Dialect.OpenAi,
                new GatewayKey { Id = "k", Account = "alice" }, facts,
            new ClientPeer(ForwardedClient.ToClientAddress(IPAddress.Parse("192.0.2.7")), 0, null, "a \"quoted\" agent", null));
        using var output = new ByteBuffer();
        InteractionRecords.WriteAdmission(output, request, Encoding.UTF8.GetBytes(body), policy);
        output.Append(","u8);
        InteractionRecords.WriteReply(
            output, new(ExchangeOutcome.Completed, 200, new(7, 9, 0), UsageSource.Upstream, "stop", 12.5, 3), "a \\\"text\\\""u8);
        return Encoding.UTF8.GetString(output.Span);
    }

    private static string Value(Random random, int depth) => random.Next(depth > 4 ? 4 : 8) switch
    {
        0 => "null",
        1 => random.Next(-5, 5).ToString(CultureInfo.InvariantCulture),
        2 or 3 => Text(random),
        4 or 5 => $"[{string.Join(',', Enumerable.Range(0, random.Next(4)).Select(_ => Value(random, depth + 1)))}]",
        _ => $"{{{string.Join(',', Enumerable.Range(0, random.Next(5)).Select(_ => $"{Name(random)}:{Value(random, depth + 1)}"))}}}",
    };

    private static string Name(Random random) =>
        random.Next(5) == 0 ? Text(random)
            : $"\"{new[] { "role", "content", "text", "type", "name", "function", "output" }[random.Next(7)]}\"";

    private static string Text(Random random) =>
        $"\"{string.Concat(Enumerable.Range(0, random.Next(4)).Select(_ => Pieces[random.Next(Pieces.Length)]))}\"";
}
