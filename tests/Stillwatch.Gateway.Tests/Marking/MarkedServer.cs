using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Stillwatch.Evidence.Decisions;
using Stillwatch.Evidence.Signing;
using Stillwatch.Evidence.TransparencyLog;
using Stillwatch.Gateway.Configuration;
using Stillwatch.Provenance.Laboratory;
using Stillwatch.Provenance.Watermarking;
using Stillwatch.Statistics;

namespace Stillwatch.Gateway.Tests.Marking;

/// <summary>A gateway with marks, in front of the laboratory's model server, and a log that holds the commitments it needs.</summary>
internal sealed class MarkedServer : IAsyncDisposable
{
    public const int Vocabulary = 300;

    private readonly ScratchFolder _folder = new();
    private readonly HttpClient _direct = new(new SocketsHttpHandler { UseProxy = false });
    private LaboratoryServer _models = null!;

    public MarkMasterSecret Secret { get; } = new(Enumerable.Range(0, MarkMasterSecret.Bytes).Select(static i => (byte)i).ToArray());

    public RunningGateway Gateway { get; private set; } = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>Starts both.</summary>
    /// <param name="model">How replies are marked.</param>
    /// <param name="committed">Cohorts whose keys are in the log.</param>
    /// <param name="usesLaboratory">Whether the laboratory answers, and not what a test decides.</param>
    /// <param name="change">What else the options say.</param>
    public static async Task<MarkedServer> StartAsync(
        MarkedModel model, string[] committed, bool usesLaboratory = true, Func<MarkingOptions, MarkingOptions>? change = null)
    {
        var server = new MarkedServer();
        var secret = server._folder.At("marks.secret");
        await File.WriteAllTextAsync(secret, Convert.ToHexString(Enumerable.Range(0, 32).Select(static i => (byte)i).ToArray()), Token);
        File.SetUnixFileMode(secret, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        await server.CommitAsync(model, committed);
        server._models = await LaboratoryServer.StartAsync(
            new Dictionary<string, ILanguageModel> { [RunningGateway.Model] = new Markov(Vocabulary) }, Token);
        server._direct.BaseAddress = server._models.Address;
        var marks = new MarkingOptions(secret) { Models = [model] };
        marks = change is null ? marks : change(marks);
        server.Gateway = await RunningGateway.StartAsync(options => options with
        {
            Upstreams = usesLaboratory
                ? new Dictionary<string, UpstreamOptions> { ["main"] = new() { Name = "main", Url = server._models.Address } }
                : options.Upstreams,
            Decisions = new(server._folder.At("log"), server._folder.At("log.key")),
            Marks = marks,
        });
        return server;
    }

    /// <summary>The key of a cohort.</summary>
    public MarkKey KeyOf(string cohort, int width) => Secret.Derive(new("default", cohort, 0, width));

    /// <summary>Texts that clients of the gateway get.</summary>
    public Task<List<JsonNode>> AskAsync(int times, string members = "") => AskAsync(Gateway.Client, times, members);

    /// <summary>Texts of the model itself.</summary>
    public Task<List<JsonNode>> AskDirectlyAsync(int times, string members = "") => AskAsync(_direct, times, members);

    public static string TextOf(JsonNode reply) => (string)reply["choices"]![0]!["text"]!;

    public async ValueTask DisposeAsync()
    {
        await Gateway.DisposeAsync();
        await _models.DisposeAsync();
        _direct.Dispose();
        Secret.Dispose();
        _folder.Dispose();
    }

    private static async Task<List<JsonNode>> AskAsync(HttpClient client, int times, string members)
    {
        var replies = new List<JsonNode>();
        for (var i = 0; i < times; i++)
        {
            var body = $"{{\"model\":\"{RunningGateway.Model}\",\"prompt\":\"w{i % Vocabulary}\",\"max_tokens\":40,\"seed\":{i}{members}}}";
            using var content = new StringContent(body, System.Text.Encoding.UTF8, "application/json");
            using var reply = await client.PostAsync("/v1/completions", content, Token);
            Assert.True(reply.IsSuccessStatusCode, await reply.Content.ReadAsStringAsync(Token));
            replies.Add((await reply.Content.ReadFromJsonAsync<JsonNode>(Token))!);
        }

        return replies;
    }

    private async Task CommitAsync(MarkedModel model, string[] cohorts)
    {
        SigningKeyFile.Create(_folder.At("log.key"), "example.com/log", NoteKeyType.Ed25519);
        using var key = SigningKeyFile.Read(_folder.At("log.key"));
        await using var log = LogWriter.Create(_folder.At("log"), key);
        foreach (var cohort in cohorts)
        {
            using var mark = KeyOf(cohort, model.Way is MarkingWay.Bias ? 0 : model.Width);
            var entry = DecisionEntry.Create(
                $"mark/{mark.Id}", EntryKind.KeyCommitment, $"mark/{mark.Id}", "kim", TimeProvider.System.GetUtcNow(),
                new() { ["scheme"] = MarkKey.Scheme, ["contextWidth"] = mark.Label.ContextWidth, ["commitment"] = mark.Commitment });
            await log.AppendAsync(entry.Bytes, Token);
        }

        await log.PublishAsync();
    }

    /// <summary>A model whose next token depends on the last; some tokens are frequent everywhere.</summary>
    private sealed class Markov(int vocabulary) : ILanguageModel
    {
        private readonly float[][] _logits = Make(vocabulary);

        public int Vocabulary => vocabulary;

        public void FillLogits(ReadOnlySpan<int> context, Span<float> logits) =>
            _logits[context.IsEmpty ? 0 : context[^1]].CopyTo(logits);

        private static float[][] Make(int vocabulary)
        {
            var generator = new SeededGenerator(71);
            var common = Enumerable.Range(0, vocabulary).Select(token => (float)-Math.Log(token + 3)).ToArray();
            return
            [
                .. Enumerable.Range(0, vocabulary).Select(_ => common
                    .Select(logit => logit + (float)(3 * generator.NextDouble())).ToArray()),
            ];
        }
    }
}
