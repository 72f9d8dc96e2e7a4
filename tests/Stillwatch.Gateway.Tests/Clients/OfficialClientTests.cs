using System.ClientModel;
using System.ClientModel.Primitives;
using System.Text;
using System.Text.Json;
using OpenAI;
using OpenAI.Chat;
using Stillwatch.Gateway.Admission;
using Stillwatch.Gateway.Dialects;
using Stillwatch.Gateway.Hosting;
using Stillwatch.Gateway.Quotas;

namespace Stillwatch.Gateway.Tests.Clients;

/// <summary>The official clients, unchanged, through the gateway: their calls work, and they read its errors as their own.</summary>
public sealed class OfficialClientTests
{
    private static readonly CancellationToken Cancellation = TestContext.Current.CancellationToken;

    [Fact]
    public async Task OpenAiForNode_ThroughTheGateway_WorksAndReadsErrorsAsItsOwn()
    {
        await using var gateway = await StartAsync();
        var said = await SaidAsync("openai-client.mjs", "openai", gateway);
        Assert.Equal(
            new Dictionary<string, string>
            {
                ["chat"] = "Hello \"there\" 18 upstream-1",
                ["chatStream"] = "Grüße \nä you 18",
                ["chatHelper"] = "Grüße \nä you",
                ["completion"] = " world",
                ["response"] = "Hello there",
                ["responseStream"] = "Hello there",
                ["embedding"] = "0.25,-0.5",
                ["models"] = "test-model",
                ["model"] = "us",
                ["badKey"] = "AuthenticationError 401 invalid_api_key invalid_request_error",
                ["noModel"] = "NotFoundError 404 model_not_found invalid_request_error",
                ["noPath"] = "NotFoundError 404 unknown_url invalid_request_error",
                ["denied"] = "PermissionDeniedError 403 policy_denied permission_error",
                ["limited"] = "RateLimitError 429 rate_limit_exceeded tokens",
                ["cutChat"] = "Grüße length",
                ["cutHelper"] = "Grüße length",
                ["cutResponses"] = "incomplete max_output_tokens Hello",
                ["brokenStream"] = "APIError - upstream_failed server_error",
                ["brokenResponses"] = "APIError - upstream_failed error",
            },
            said);
    }

    [Fact]
    public async Task AnthropicForNode_ThroughTheGateway_WorksAndReadsErrorsAsItsOwn()
    {
        await using var gateway = await StartAsync();
        var said = await SaidAsync("anthropic-client.mjs", "@anthropic-ai/sdk", gateway);
        Assert.Equal(
            new Dictionary<string, string>
            {
                ["message"] = "Hello there 8",
                ["stream"] = "Hello there",
                ["helper"] = "Hello there end_turn 8",
                ["count"] = "17",
                ["models"] = "test-model",
                ["badKey"] = "AuthenticationError 401 authentication_error",
                ["noModel"] = "NotFoundError 404 not_found_error",
                ["denied"] = "PermissionDeniedError 403 permission_error",
                ["limited"] = "RateLimitError 429 rate_limit_error",
                ["cutStream"] = "Hello max_tokens",
                ["brokenStream"] = "APIError - api_error",
            },
            said);
    }

    [Fact]
    public async Task OpenAiForDotNet_ThroughTheGateway_WorksAndReadsErrorsAsItsOwn()
    {
        await using var gateway = await StartAsync();
        var options = new OpenAIClientOptions
        {
            Endpoint = new(gateway.Host.Addresses[0], "/v1"),
            RetryPolicy = new ClientRetryPolicy(0),
        };
        var client = new OpenAIClient(new ApiKeyCredential(gateway.Key), options);
        ChatMessage[] messages = [new UserChatMessage("Hi")];
        var chat = client.GetChatClient(RunningGateway.Model);
        var completion = (await chat.CompleteChatAsync(messages, cancellationToken: Cancellation)).Value;
        Assert.Equal("Hello \"there\"", completion.Content[0].Text);
        Assert.Equal(18, completion.Usage.TotalTokenCount);
        var text = new StringBuilder();
        await foreach (var update in chat.CompleteChatStreamingAsync(messages, cancellationToken: Cancellation))
        {
            text.Append(update.ContentUpdate.Count > 0 ? update.ContentUpdate[0].Text : null);
        }

        Assert.Equal("Grüße \nä you", text.ToString());
        ChatFinishReason? reason = null;
        await foreach (var update in client.GetChatClient("other-cut-4").CompleteChatStreamingAsync(messages,
            cancellationToken: Cancellation))
        {
            reason = update.FinishReason ?? reason;
        }

        Assert.Equal(ChatFinishReason.Length, reason);
        var embedding = await client.GetEmbeddingClient(RunningGateway.Model).GenerateEmbeddingAsync("a", cancellationToken: Cancellation);
        Assert.NotNull(embedding.Value);
        Assert.Equal(RunningGateway.Model, Assert.Single((await client.GetOpenAIModelClient().GetModelsAsync(Cancellation)).Value).Id);
        var unknown = client.GetChatClient("nope");
        var error = await Assert.ThrowsAsync<ClientResultException>(() => unknown
            .CompleteChatAsync(messages, cancellationToken: Cancellation));
        Assert.Equal(404, error.Status);
        Assert.Contains("model_not_found", error.Message, StringComparison.Ordinal);
    }

    private static async Task<RunningGateway> StartAsync()
    {
        var gateway = await RunningGateway.StartAsync(
            static options => options with
            {
                Quotas = new()
                {
                    Journal = $"{options.Observation.Spool}-quota",
                    Limits = QuotaLimits.Create(new QuotaLimit("cut", QuotaMeasure.OutputTokens, 2, null, QuotaScope.Model)
                    {
                        Match = new() { Models = [.. Enumerable.Range(1, 4).Select(static number => $"other-cut-{number}")] },
                    }),
                },
            },
            new GatewayParts { Policy = new NamedOutcomes() });
        gateway.Models.Answer = async (http, request) =>
        {
            var isBroken = Encoding.UTF8.GetString(request.Body).Contains("other-broken", StringComparison.Ordinal);
            if (!isBroken)
            {
                await ModelAnswers.AnswerAsync(http, request);
                return;
            }

            // An event in the middle of which the connection ends in the ordinary way of chunked replies: too early.
            var events = ModelAnswers.Of(http.Request.Path, stream: true).Split("\n\n");
            http.Response.ContentType = "text/event-stream";
            await http.Response.Body.WriteAsync(Encoding.UTF8.GetBytes($"{events[0]}\n\n{events[1]}\n\n"));
            await http.Response.Body.FlushAsync();
            await Task.Delay(200);
            http.Abort();
        };
        return gateway;
    }

    private static async Task<Dictionary<string, string>> SaidAsync(string program, string package, RunningGateway gateway)
    {
        var output = await NodeProgram.RunAsync(
            program, package, ("BASE_URL", gateway.Host.Addresses[0].ToString().TrimEnd('/')), ("API_KEY", gateway.Key), ("NO_PROXY", "*"));
        return JsonDocument.Parse(output).RootElement.EnumerateObject()
            .ToDictionary(member => member.Name, member => member.Value.ToString());
    }

    private sealed class NamedOutcomes : IAccessPolicy
    {
        public AccessDecision Decide(AdmittedRequest request) => new(RefusalOf(request.Facts.Model), null);

        private static Refusal? RefusalOf(string model) => model switch
        {
            "other-denied" => new(RefusalReason.PolicyDenied, "Not for you."),
            "other-limited" => new(RefusalReason.RateLimited, "Slow down.") { RetryAfter = TimeSpan.FromSeconds(2), LimitName = "tokens" },
            _ => null,
        };
    }
}
