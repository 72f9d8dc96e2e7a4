using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Stillwatch.Provenance.Laboratory;

namespace Stillwatch.Provenance.Tests.Laboratory;

/// <summary>A transformer with words of its own on a real socket.</summary>
public sealed class LaboratoryServerTests : IAsyncLifetime
{
    private const string Text = "the cat sat on the mat and the dog sat on the log and the cat saw the dog";

    private static readonly WordVocabulary Words = WordVocabulary.OfText(Text, 16);

    private readonly TransformerModel _model =
        new(new() { Vocabulary = Words.Count, Dimension = 16, Layers = 1, Heads = 2, Window = 8 }, 4);

    private readonly HttpClient _client = new(new SocketsHttpHandler { UseProxy = false });
    private LaboratoryServer _server = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _server = await LaboratoryServer.StartAsync(
            new Dictionary<string, ILanguageModel> { ["lab"] = _model, ["numbered"] = new TrigramModel([0, 1, 2, 0, 1], 3) },
            new Dictionary<string, WordVocabulary> { ["lab"] = Words }, Token);
        _client.BaseAddress = _server.Address;
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task Tokens_OfAText_ComeBackAsTheText()
    {
        var read = await PostAsync("/tokenize", new { model = "lab", prompt = "The cat saw the dog" });
        int[] tokens = [.. read.GetProperty("tokens").EnumerateArray().Select(static token => token.GetInt32())];
        Assert.Equal(Words.Encode("the cat saw the dog"), tokens);
        Assert.Equal(5, read.GetProperty("count").GetInt32());
        var text = await PostAsync("/detokenize", new { model = "lab", tokens });
        Assert.Equal("the cat saw the dog", text.GetProperty("prompt").GetString());
        var numbered = await PostAsync("/detokenize", new { model = "numbered", tokens = new[] { 2, 0 } });
        Assert.Equal("w2 w0", numbered.GetProperty("prompt").GetString());
    }

    [Fact]
    public async Task Logits_AfterATextOrItsTokens_AreTheModels()
    {
        var expected = new float[_model.Vocabulary];
        _model.FillLogits(Words.Encode("the cat"), expected);
        object[] requests = [new { model = "lab", prompt = "the cat" }, new { model = "lab", tokens = Words.Encode("the cat") }];
        foreach (var request in requests)
        {
            var logits = (await PostAsync("/logits", request)).GetProperty("logits");
            Assert.Equal(expected, logits.EnumerateArray().Select(static logit => logit.GetSingle()));
        }
    }

    [Fact]
    public async Task Completion_WithProbabilitiesBiasAndChoices_FollowsFromTheLogits()
    {
        var logits = new float[_model.Vocabulary];
        _model.FillLogits(Words.Encode("the cat"), logits);
        var log = Math.Log(logits.Sum(static logit => Math.Exp(logit)));
        var likeliest = Array.IndexOf(logits, logits.Max());
        var plain = await PostAsync(
            "/v1/completions", new { model = "lab", prompt = "the cat", max_tokens = 1, temperature = 0, logprobs = 3, n = 2 });
        Assert.Equal(2, plain.GetProperty("choices").GetArrayLength());
        var choice = plain.GetProperty("choices")[1];
        Assert.Equal(" " + Words.Decode([likeliest]), choice.GetProperty("text").GetString());
        Assert.Equal(logits[likeliest] - log, choice.GetProperty("logprobs").GetProperty("token_logprobs")[0].GetDouble(), 1e-4);
        Assert.Equal(3, choice.GetProperty("logprobs").GetProperty("top_logprobs")[0].EnumerateObject().Count());

        var other = (likeliest + 1) % _model.Vocabulary;
        var bias = new Dictionary<string, int> { [$"{other}"] = 100 };
        var leaning = await PostAsync(
            "/v1/completions", new { model = "lab", prompt = "the cat", max_tokens = 1, temperature = 1, logit_bias = bias });
        Assert.Equal(" " + Words.Decode([other]), leaning.GetProperty("choices")[0].GetProperty("text").GetString());
        Assert.Equal(2, leaning.GetProperty("usage").GetProperty("prompt_tokens").GetInt32());
    }

    [Fact]
    public async Task Stream_OfAChat_SaysWhatTheWholeReplySays()
    {
        object Request(bool stream) => new
        {
            model = "lab",
            stream,
            seed = 5,
            max_tokens = 12,
            messages = new[] { new { role = "user", content = "the cat sat" } },
        };
        var whole = (await PostAsync("/v1/chat/completions", Request(stream: false))).GetProperty("choices")[0].GetProperty("message");
        using var reply = await _client.PostAsJsonAsync("/v1/chat/completions", Request(stream: true), Token);
        var lines = (await reply.Content.ReadAsStringAsync(Token)).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal("data: [DONE]", lines[^1]);
        var said = lines[..^1].Select(static line =>
        {
            using var json = JsonDocument.Parse(line["data: ".Length..]);
            return json.RootElement.GetProperty("choices")[0].GetProperty("delta").GetProperty("content").GetString();
        });
        Assert.Equal(12, lines.Length - 1);
        Assert.Equal(whole.GetProperty("content").GetString(), string.Concat(said));
    }

    [Theory]
    [InlineData("/tokenize", """{"model":"none","prompt":"a"}""")]
    [InlineData("/tokenize", """{"prompt":"a"}""")]
    [InlineData("/tokenize", """{"model":"lab"}""")]
    [InlineData("/tokenize", """[]""")]
    [InlineData("/logits", """{"model":"lab","tokens":[99]}""")]
    [InlineData("/logits", """{"model":"lab","tokens":[-1]}""")]
    [InlineData("/logits", """{"model":"lab","tokens":[1.5]}""")]
    [InlineData("/detokenize", """{"model":"lab","tokens":["a"]}""")]
    [InlineData("/detokenize", """{"model":"lab","tokens":""")]
    public async Task Requests_ThatCannotBeDone_AreRefused(string path, string body)
    {
        using var content = new StringContent(body);
        using var reply = await _client.PostAsync(path, content, Token);
        Assert.Equal(HttpStatusCode.BadRequest, reply.StatusCode);
        Assert.Contains("error", await reply.Content.ReadAsStringAsync(Token), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_WithWordsOfAnotherNumber_IsRefused() =>
        await Assert.ThrowsAsync<ArgumentException>(() => LaboratoryServer.StartAsync(
            new Dictionary<string, ILanguageModel> { ["lab"] = _model },
            new Dictionary<string, WordVocabulary> { ["lab"] = WordVocabulary.OfText("a b", 4) }, Token));

    private async Task<JsonElement> PostAsync(string path, object request)
    {
        using var reply = await _client.PostAsJsonAsync(path, request, Token);
        Assert.Equal(HttpStatusCode.OK, reply.StatusCode);
        return await reply.Content.ReadFromJsonAsync<JsonElement>(Token);
    }
}
