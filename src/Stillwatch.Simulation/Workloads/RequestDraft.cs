using Stillwatch.Interactions;

namespace Stillwatch.Simulation.Workloads;

/// <summary>The request that a workload is composing, and what its reply will be like. Reused by one worker.</summary>
internal sealed class RequestDraft
{
    private const double UsualReplyTokens = 220;
    private const double UsualReplySigma = 0.9;

    public List<PromptMessage> Messages { get; } = [];

    public ReadOnlyMemory<byte>? System { get; set; }

    public IReadOnlyList<string> Tools { get; set; } = [];

    public GenerationParameters Parameters { get; set; }

    /// <summary>Median tokens of the reply.</summary>
    public double ReplyTokens { get; set; }

    /// <summary>Standard deviation of their logarithm.</summary>
    public double ReplySigma { get; set; }

    /// <summary>Whether the model stops to have a tool called.</summary>
    public bool CallsTool { get; set; }

    public void Reset()
    {
        Messages.Clear();
        System = null;
        Tools = [];
        Parameters = default;
        (ReplyTokens, ReplySigma, CallsTool) = (UsualReplyTokens, UsualReplySigma, false);
    }

    public void User(ReadOnlyMemory<byte> text) => Messages.Add(new("user", text));

    public void Assistant(ReadOnlyMemory<byte> text) => Messages.Add(new("assistant", text));

    public void ToolResult(ReadOnlyMemory<byte> text) => Messages.Add(new("tool", text));

    public void Expect(double tokens, double sigma) => (ReplyTokens, ReplySigma) = (tokens, sigma);
}
