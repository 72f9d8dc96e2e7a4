using Stillwatch.Provenance.Extraction;
using Stillwatch.Provenance.Laboratory;

namespace Stillwatch.Provenance.Tests.Extraction;

/// <summary>The published attacks against a model server on a real socket, with nothing in between.</summary>
public sealed class ExtractionAttackTests : IAsyncLifetime
{
    private const int Dimension = 8;
    private const int Vocabulary = 200;

    private readonly FinalLayerModel _model = new(Dimension, Vocabulary, 1, 5);
    private readonly FinalLayerModel _other = new(Dimension, Vocabulary, 1, 6);
    private readonly FinalLayerModel _short = new(4, 64, 1, 7);
    private readonly FinalLayerModel _long = new(24, 120, 1, 8);
    private readonly HttpClient _client = new(new SocketsHttpHandler { UseProxy = false });
    private LaboratoryServer _server = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _server = await LaboratoryServer.StartAsync(
            new Dictionary<string, ILanguageModel> { ["lab"] = _model, ["other"] = _other, ["short"] = _short, ["long"] = _long }, Token);
        _client.BaseAddress = _server.Address;
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task Logprobs_UnderBias_GiveDimensionLayerAndFingerprint()
    {
        var read = await ReadAsync("lab", 12, 1);
        var layer = new RecoveredLayer(read);
        Assert.Equal(12 * 11, read.Queries);
        Assert.Equal(1, read.Coverage);
        Assert.Equal(Dimension, layer.Dimension);
        Assert.True(layer.Gap > 1e4, $"gap {layer.Gap}");
        Assert.True(layer.ErrorTo(_model.Layer()) < 1e-4);
        Assert.True(layer.ErrorTo(_other.Layer()) > 0.9);
        Assert.True(layer.ShareOf(await ReadAsync("lab", 3, 2), Dimension) > 0.999999);
        Assert.True(layer.ShareOf(await ReadAsync("other", 3, 2), Dimension) < 0.3);
    }

    [Fact]
    public async Task Argmax_UnderBias_GivesDimensionAndLayer()
    {
        var tokens = Enumerable.Range(0, 3 * Dimension).ToList();
        var read = await new ArgmaxAttack().RunAsync(Api("lab"), tokens, AttackPrompts.Create(16, Vocabulary, 1), null, Token);
        var layer = new RecoveredLayer(read);
        Assert.Equal(Dimension, layer.Dimension);
        Assert.True(layer.ErrorTo(_model.Layer()) < 0.01);
    }

    /// <summary>A hidden state shorter than a head shows itself in heads alone; of one that is longer nothing follows.</summary>
    [Fact]
    public async Task Heads_WithoutBias_GiveTheLayerOfAShortStateOnly()
    {
        var prompts = AttackPrompts.Create(1000, Vocabulary, 3);
        var read = await new HeadCompletionAttack { Dimension = 4 }.RunAsync(Api("short"), prompts, null, Token);
        Assert.Equal(prompts.Count, read.Queries);
        Assert.True(new RecoveredLayer(read).ErrorTo(_short.Layer()) < 0.02);
        var longer = await new HeadCompletionAttack { Dimension = 24, Starts = 2 }.RunAsync(Api("long"), prompts, null, Token);
        Assert.True(longer.Rows.Count > 24 && new RecoveredLayer(longer).ErrorTo(_long.Layer()) > 0.8);
    }

    /// <summary>Without bias the API shows twenty tokens of two hundred, and no row is whole.</summary>
    [Fact]
    public async Task Layer_OfTooFewRows_IsNone()
    {
        var layer = new RecoveredLayer(new([0, 1, 2], [[1, 2, 3], [2, 1, 3]], 0.1, 2));
        Assert.Null(layer.Dimension);
        Assert.Equal(1, layer.ErrorTo(_model.Layer()));
        Assert.Equal(0, layer.ShareOf(await ReadAsync("lab", 3, 2), Dimension));
    }

    [Theory]
    [InlineData("""{"model":"lab","prompt":"w1","max_tokens":2,"logprobs":3,"n":2,"seed":4}""", "completions", 200)]
    [InlineData("""{"model":"lab","messages":[{"role":"user","content":"w1"}],"logprobs":true}""", "chat/completions", 200)]
    [InlineData("""{"model":"none","prompt":"w1"}""", "completions", 404)]
    [InlineData("""{"model":"lab"}""", "completions", 400)]
    [InlineData("[", "completions", 400)]
    [InlineData("{}", "embeddings", 404)]
    public async Task Server_AnswersInTheFormOfOpenAi(string body, string path, int status)
    {
        using var content = new StringContent(body);
        using var reply = await _client.PostAsync(new Uri($"/v1/{path}", UriKind.Relative), content, Token);
        Assert.Equal(status, (int)reply.StatusCode);
        var again = await _client.PostAsync(new Uri($"/v1/{path}", UriKind.Relative), content, Token);
        Assert.Equal(await reply.Content.ReadAsStringAsync(Token), await again.Content.ReadAsStringAsync(Token));
    }

    /// <summary>The likeliest token has the first place, and probabilities of all tokens add up to one.</summary>
    [Fact]
    public async Task Probabilities_AreThoseOfTheModel()
    {
        var reply = await Api("lab").CompleteAsync("w7 w9", new Dictionary<int, double>(), 20, 1, Token);
        var logits = new float[Vocabulary];
        _model.FillLogits([7, 9], logits);
        var total = Math.Log(logits.Sum(static logit => Math.Exp(logit)));
        Assert.Equal(20, reply[0].Top.Count);
        Assert.Equal(logits.IndexOf(logits.Max()), reply[0].Token);
        Assert.All(reply[0].Top, one => Assert.Equal(logits[one.Token] - total, one.Logprob, 1e-4));
    }

    private HttpCompletionApi Api(string model) => new(_client, null, model, static text => NumberedTokens.NumberOf(text));

    private Task<LogitRows> ReadAsync(string model, int prompts, ulong seed) => new BiasedLogprobAttack().RunAsync(
        Api(model), [.. Enumerable.Range(0, Vocabulary)], AttackPrompts.Create(prompts, Vocabulary, seed), null, Token);
}
