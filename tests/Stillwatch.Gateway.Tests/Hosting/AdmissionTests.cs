using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Stillwatch.Gateway.Admission;
using Stillwatch.Gateway.Dialects;
using Stillwatch.Gateway.Hosting;

namespace Stillwatch.Gateway.Tests.Hosting;

/// <summary>Who may ask for what.</summary>
public sealed class AdmissionTests
{
    private const string Chat = "/v1/chat/completions";
    private const string Ask = """{"model":"test-model","messages":[{"role":"user","content":"Hi"}]}""";

    private static readonly CancellationToken Cancellation = TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(null, null)]
    [InlineData("Authorization", "Bearer wrong")]
    [InlineData("Authorization", "Bearer sw-abcdefghijkm-0000000000000000000000000000000000000000000")]
    [InlineData("Authorization", "Basic abc")]
    [InlineData("x-api-key", "sk-ant-123")]
    public async Task Key_ThatIsNone_GivesTheDialectsErrorAndReachesNothing(string? header, string? value)
    {
        await using var gateway = await RunningGateway.StartAsync();
        gateway.Client.DefaultRequestHeaders.Authorization = null;
        if (header is not null)
        {
            gateway.Client.DefaultRequestHeaders.TryAddWithoutValidation(header, value);
        }

        using var openAi = await gateway.PostAsync(Chat, Ask);
        Assert.Equal(HttpStatusCode.Unauthorized, openAi.StatusCode);
        var error = (await ErrorAsync(openAi)).GetProperty("error");
        Assert.Equal("invalid_api_key", error.GetProperty("code").GetString());
        Assert.Equal(JsonValueKind.Null, error.GetProperty("param").ValueKind);
        using var anthropic = await gateway.PostAsync("/v1/messages", Ask);
        Assert.Equal(HttpStatusCode.Unauthorized, anthropic.StatusCode);
        var body = await ErrorAsync(anthropic);
        Assert.Equal("error", body.GetProperty("type").GetString());
        Assert.Equal("authentication_error", body.GetProperty("error").GetProperty("type").GetString());
        Assert.StartsWith("req_", body.GetProperty("request_id").GetString(), StringComparison.Ordinal);
        Assert.Empty(gateway.Models.Requests);
        Assert.Empty(await gateway.InteractionsAsync());
    }

    [Fact]
    public async Task Key_InEitherHeader_IsAccepted()
    {
        await using var gateway = await RunningGateway.StartAsync();
        gateway.Client.DefaultRequestHeaders.Authorization = null;
        gateway.Client.DefaultRequestHeaders.Add("x-api-key", gateway.Key);
        using var reply = await gateway.PostAsync("/v1/messages", Ask);
        Assert.Equal(HttpStatusCode.OK, reply.StatusCode);
    }

    [Fact]
    public async Task Scopes_OfAKey_BoundModelsAndEndpoints()
    {
        await using var gateway = await RunningGateway.StartAsync(key: key =>
            key with { Models = ["other-*"], Endpoints = ["chat", "models"] });
        using var model = await gateway.PostAsync(Chat, Ask);
        Assert.Equal(HttpStatusCode.NotFound, model.StatusCode);
        Assert.Equal("model_not_found", (await ErrorAsync(model)).GetProperty("error").GetProperty("code").GetString());
        using var endpoint = await gateway.PostAsync("/v1/messages", Ask);
        Assert.Equal(HttpStatusCode.Forbidden, endpoint.StatusCode);
        Assert.Equal("false", Assert.Single(endpoint.Headers.GetValues("x-should-retry")));
        using var allowed = await gateway.PostAsync(Chat, Ask.Replace("test-model", "other-1", StringComparison.Ordinal));
        Assert.Equal(HttpStatusCode.OK, allowed.StatusCode);
        Assert.Equal("""{"object":"list","data":[]}""", await gateway.Client
            .GetStringAsync(new Uri("/v1/models", UriKind.Relative), Cancellation));
    }

    [Theory]
    [InlineData("[]", "must be a JSON object")]
    [InlineData("{\"model\":\"test-model\"", "no JSON object")]
    [InlineData("{\"model\":\"test-model\"} x", "no JSON object")]
    [InlineData("{\"model\":\"other-1\",\"model\":\"test-model\"}", "given twice")]
    [InlineData("{\"model\":\"other-1\",\"m\\u006fdel\":\"test-model\"}", "given twice")]
    [InlineData("{\"messages\":[]}", "model is needed")]
    [InlineData("{\"model\":7}", "must be a text")]
    [InlineData("{\"model\":\"\\ud800\"}", "surrogate")]
    [InlineData("{\"model\":\"test-model\",\"stream\":\"yes\"}", "true or false")]
    [InlineData("{\"model\":\"test-model\",\"max_tokens\":\"9\"}", "must be a number")]
    public async Task Body_ThatIsNone_IsRefused(string body, string message)
    {
        await using var gateway = await RunningGateway.StartAsync();
        using var reply = await gateway.PostAsync(Chat, body);
        Assert.Equal(HttpStatusCode.BadRequest, reply.StatusCode);
        Assert.Contains(message, (await ErrorAsync(reply)).GetProperty("error").GetProperty("message").GetString(),
            StringComparison.Ordinal);
        Assert.Empty(gateway.Models.Requests);
    }

    [Fact]
    public async Task Body_OfBytesThatAreNoText_IsRefused()
    {
        await using var gateway = await RunningGateway.StartAsync();
        using var content = new ByteArrayContent([.. "{\"model\":\""u8, 0xFF, .. "\"}"u8]);
        using var reply = await gateway.Client.PostAsync(Chat, content, Cancellation);
        Assert.Equal(HttpStatusCode.BadRequest, reply.StatusCode);
    }

    [Fact]
    public async Task Body_CompressedOrTooLong_IsRefused()
    {
        await using var gateway = await RunningGateway.StartAsync(options =>
            options with { Limits = options.Limits with { MaxRequestBytes = 2048 } });
        using var compressed = new StringContent(Ask, Encoding.UTF8, "application/json");
        compressed.Headers.ContentEncoding.Add("gzip");
        using var first = await gateway.Client.PostAsync(Chat, compressed, Cancellation);
        Assert.Equal(HttpStatusCode.UnsupportedMediaType, first.StatusCode);
        using var second = await gateway.PostAsync("/v1/messages", $$"""{"model":"test-model","x":"{{new string('x', 3000)}}"}""");
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, second.StatusCode);
        Assert.Equal("request_too_large", (await ErrorAsync(second)).GetProperty("error").GetProperty("type").GetString());
        Assert.Empty(gateway.Models.Requests);
    }

    [Theory]
    [InlineData("GET", "/v1/chat/completions")]
    [InlineData("POST", "/v1/files")]
    [InlineData("POST", "/v1/chat/completions/")]
    [InlineData("GET", "/")]
    [InlineData("DELETE", "/v1/models/test-model")]
    public async Task Path_ThatIsNotServed_IsNotFound(string method, string path)
    {
        await using var gateway = await RunningGateway.StartAsync();
        using var reply = await gateway.Client.SendAsync(new HttpRequestMessage(new(method), path), Cancellation);
        Assert.Equal(HttpStatusCode.NotFound, reply.StatusCode);
        Assert.Equal("unknown_url", (await ErrorAsync(reply)).GetProperty("error").GetProperty("code").GetString());
    }

    [Fact]
    public async Task Models_InBothDialects_AreThoseOfTheConfiguration()
    {
        await using var gateway = await RunningGateway.StartAsync();
        var openAi = await gateway.Client.GetStringAsync(new Uri("/v1/models/test-model", UriKind.Relative), Cancellation);
        Assert.Equal("""{"id":"test-model","object":"model","created":0,"owned_by":"us"}""", openAi);
        gateway.Client.DefaultRequestHeaders.Add("anthropic-version", "2023-06-01");
        var list = JsonDocument.Parse(await gateway.Client.GetStringAsync(new Uri("/v1/models", UriKind.Relative),
            Cancellation)).RootElement;
        Assert.Equal("test-model", list.GetProperty("first_id").GetString());
        Assert.Equal("model", Assert.Single(list.GetProperty("data").EnumerateArray()).GetProperty("type").GetString());
        using var none = await gateway.Client.GetAsync(new Uri("/v1/models/nope", UriKind.Relative), Cancellation);
        Assert.Equal(HttpStatusCode.NotFound, none.StatusCode);
        Assert.Empty(await gateway.InteractionsAsync());
    }

    [Fact]
    public async Task Policy_ThatDenies_IsAskedBeforeAnythingIsForwarded()
    {
        var policy = new DenyModel("other-1");
        await using var gateway = await RunningGateway.StartAsync(parts: new GatewayParts { Policy = policy });
        using var denied = await gateway.PostAsync(Chat, Ask.Replace("test-model", "other-1", StringComparison.Ordinal));
        Assert.Equal(HttpStatusCode.Forbidden, denied.StatusCode);
        Assert.Equal("policy_denied", (await ErrorAsync(denied)).GetProperty("error").GetProperty("code").GetString());
        using var allowed = await gateway.PostAsync(Chat, Ask);
        Assert.Equal(HttpStatusCode.OK, allowed.StatusCode);
        Assert.Equal([RunningGateway.Account, RunningGateway.Account], policy.Accounts);
        Assert.Single(gateway.Models.Requests);
        Assert.Equal(
            [("denied", 403), ("completed", 200)],
            (await gateway.InteractionsAsync()).Select(interaction => (
                interaction.GetProperty("gateway").GetProperty("outcome").GetString()!, interaction.GetProperty("status").GetInt32())));
    }

    [Fact]
    public async Task Requests_BeyondTheBound_AreToldToComeAgain()
    {
        await using var gateway = await RunningGateway.StartAsync(options =>
            options with { Limits = options.Limits with { MaxRequests = 1 } });
        var (asked, go) = (new TaskCompletionSource(), new TaskCompletionSource());
        gateway.Models.Answer = async (http, request) =>
        {
            asked.TrySetResult();
            await go.Task;
            await ModelAnswers.AnswerAsync(http, request);
        };
        var first = gateway.PostAsync(Chat, Ask);
        await asked.Task.WaitAsync(TimeSpan.FromSeconds(30), Cancellation);
        using var second = await gateway.PostAsync("/v1/messages", Ask);
        Assert.Equal(529, (int)second.StatusCode);
        Assert.Equal("1", Assert.Single(second.Headers.GetValues("Retry-After")));
        go.SetResult();
        using var reply = await first;
        Assert.Equal(HttpStatusCode.OK, reply.StatusCode);
    }

    [Fact]
    public async Task Interaction_OfARequest_SaysWhoAskedWhat()
    {
        await using var gateway = await RunningGateway.StartAsync();
        using var reply = await gateway.PostAsync("/v1/messages", """
            {"model":"test-model","max_tokens":50,"temperature":0.5,"top_p":1,
             "system":[{"type":"text","text":"Be"},{"type":"text","text":"brief \"now\""}],
             "messages":[{"role":"user","content":[{"type":"text","text":"Look"},{"type":"image","source":{"data":"AAAA"}}]},
             {"role":"assistant","content":[{"type":"tool_use","id":"t","name":"f","input":{"text":"no"}}]},
             {"content":[{"type":"tool_result","tool_use_id":"t","content":[{"type":"text","text":"42"}]}],"role":"user"}],
             "tools":[{"name":"f","input_schema":{"name":"inner"}}]}
            """);
        Assert.Equal(HttpStatusCode.OK, reply.StatusCode);
        var interaction = Assert.Single(await gateway.InteractionsAsync());
        Assert.Equal(Assert.Single(reply.Headers.GetValues("x-stillwatch-request-id")), interaction.GetProperty("id").GetString());
        Assert.Equal(("alice", "wonderland", "test-model", "chat"), (
            Text(interaction, "account"), Text(interaction, "organization"), Text(interaction, "model"), Text(interaction, "operation")));
        Assert.Equal(gateway.Key.Split('-')[1], Text(interaction, "api_key"));
        Assert.DoesNotContain(gateway.Key.Split('-')[2], interaction.GetRawText(), StringComparison.Ordinal);
        Assert.Equal(("127.0.0.1", "test/1.0"), (Text(interaction.GetProperty("client"), "ip"),
            Text(interaction.GetProperty("client"), "user_agent")));
        var request = interaction.GetProperty("request");
        Assert.Equal("Be\nbrief \"now\"", Text(request, "system"));
        Assert.Equal(["user:Look", "assistant:", "user:42"], request.GetProperty("messages").EnumerateArray()
            .Select(message => $"{Text(message, "role")}:{Text(message, "content")}"));
        Assert.Equal(["f"], request.GetProperty("tools").EnumerateArray().Select(tool => tool.GetString()));
        Assert.Equal("""{"temperature":0.5,"top_p":1,"max_tokens":50,"stream":false}""", request.GetProperty("parameters").GetRawText());
        Assert.Equal("end_turn", Text(interaction.GetProperty("response"), "finish_reason"));
        Assert.Equal("""{"input_tokens":17,"output_tokens":8,"reasoning_tokens":0}""", interaction.GetProperty("usage").GetRawText());
        Assert.Equal(200, interaction.GetProperty("status").GetInt32());
    }

    private static string? Text(JsonElement element, string member) => element.GetProperty(member).GetString();

    private static async Task<JsonElement> ErrorAsync(HttpResponseMessage reply)
    {
        Assert.Equal(new MediaTypeHeaderValue("application/json"), reply.Content.Headers.ContentType);
        return JsonDocument.Parse(await reply.Content.ReadAsStringAsync(Cancellation)).RootElement;
    }

    private sealed class DenyModel(string model) : IAccessPolicy
    {
        public List<string> Accounts { get; } = [];

        public AccessDecision Decide(AdmittedRequest request)
        {
            Accounts.Add(request.Key.Account);
            return request.Facts.Model == model ? new(new(RefusalReason.PolicyDenied, "Not this one."), null) : AccessDecision.Allowed;
        }
    }
}
