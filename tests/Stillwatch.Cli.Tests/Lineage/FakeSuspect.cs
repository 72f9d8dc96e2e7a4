using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;

namespace Stillwatch.Cli.Tests.Lineage;

/// <summary>An OpenAI-compatible server on a port of its own that answers as a test says.</summary>
internal sealed class FakeSuspect : IDisposable
{
    private readonly HttpListener _listener = new();
    private readonly Func<JsonNode, (int Status, string Body)> _answer;
    private readonly Lock _lock = new();
    private int _now;

    /// <param name="answer">Status and body of the answer to a request.</param>
    public FakeSuspect(Func<JsonNode, (int Status, string Body)> answer)
    {
        _answer = answer;
        using (var free = new TcpListener(IPAddress.Loopback, 0))
        {
            free.Start();
            Address = $"http://127.0.0.1:{((IPEndPoint)free.LocalEndpoint).Port}/v1";
        }

        _listener.Prefixes.Add($"{Address}/");
        _listener.Start();
        _ = ServeAsync();
    }

    public string Address { get; }

    /// <summary>Requests so far, with path and authorization.</summary>
    public List<(string Path, string? Authorization, JsonNode Body)> Requests { get; } = [];

    /// <summary>Most requests that were in hand at once.</summary>
    public int Most { get; private set; }

    public static string Chat(string text) => new JsonObject
    {
        ["choices"] = new JsonArray(new JsonObject { ["message"] = new JsonObject { ["role"] = "assistant", ["content"] = text } }),
    }.ToJsonString();

    public static string PromptOf(JsonNode request) => (string?)request["prompt"] ?? (string)request["messages"]![0]!["content"]!;

    public void Dispose() => _listener.Close();

    private async Task ServeAsync()
    {
        while (_listener.IsListening)
        {
            try
            {
                var context = await _listener.GetContextAsync();
                _ = Task.Run(() => AnswerAsync(context));
            }
            catch (Exception closed) when (closed is HttpListenerException or ObjectDisposedException)
            {
                return;
            }
        }
    }

    private async Task AnswerAsync(HttpListenerContext context)
    {
        var body = (await JsonNode.ParseAsync(context.Request.InputStream))!;
        (int Status, string Body) answer;
        lock (_lock)
        {
            Most = Math.Max(Most, ++_now);
            Requests.Add((context.Request.Url!.AbsolutePath, context.Request.Headers["Authorization"], body));
            answer = _answer(body);
        }

        await Task.Yield();
        lock (_lock)
        {
            _now--;
        }

        context.Response.StatusCode = answer.Status;
        if (answer.Status == 429)
        {
            context.Response.Headers["Retry-After"] = "0";
        }

        await context.Response.OutputStream.WriteAsync(Encoding.UTF8.GetBytes(answer.Body));
        context.Response.Close();
    }
}
