using System.Text.Json;

namespace Stillwatch.Provenance.Laboratory;

/// <summary>What a request for a completion asks of the laboratory's server.</summary>
internal sealed record CompletionCall
{
    private const int MaxTokensAtOnce = 4096;
    private const int MaxChoices = 128;
    private const int MaxAlternatives = 20;

    public required string Model { get; init; }

    public required string Text { get; init; }

    public required bool IsChat { get; init; }

    public int MaxTokens { get; init; }

    public int Choices { get; init; }

    public double Temperature { get; init; }

    public ulong Seed { get; init; }

    public bool Streams { get; init; }

    /// <summary>How many alternatives a position is to have; null for no probabilities.</summary>
    public int? Alternatives { get; init; }

    public IReadOnlyDictionary<int, float> Bias { get; init; } = new Dictionary<int, float>();

    /// <summary>Reads a request; null if it cannot be done.</summary>
    public static CompletionCall? Read(JsonElement root, bool isChat)
    {
        if (root.ValueKind is not JsonValueKind.Object || !root.TryGetProperty("model", out var model)
            || model.ValueKind is not JsonValueKind.String || TextOf(root, isChat) is not { } text)
        {
            return null;
        }

        var asked = root.TryGetProperty("logprobs", out var logprobs) && logprobs.ValueKind is JsonValueKind.True or JsonValueKind.Number;
        var alternatives = (int)Number(root, isChat ? "top_logprobs" : "logprobs", 0, 0, MaxAlternatives);
        var longest = Number(root, "max_tokens", Number(root, "max_completion_tokens", 16, 0, MaxTokensAtOnce), 0, MaxTokensAtOnce);
        return new()
        {
            Model = model.GetString()!,
            Text = text,
            IsChat = isChat,
            MaxTokens = (int)longest,
            Choices = (int)Number(root, "n", 1, 1, MaxChoices),
            Temperature = Number(root, "temperature", 1, 0, 2),
            Seed = (ulong)Number(root, "seed", 0, 0, long.MaxValue),
            Streams = root.TryGetProperty("stream", out var stream) && stream.ValueKind is JsonValueKind.True,
            Alternatives = asked ? alternatives : null,
            Bias = BiasOf(root),
        };
    }

    private static string? TextOf(JsonElement root, bool isChat)
    {
        if (!isChat)
        {
            return root.TryGetProperty("prompt", out var prompt) && prompt.ValueKind is JsonValueKind.String ? prompt.GetString() : null;
        }

        return root.TryGetProperty("messages", out var messages) && messages.ValueKind is JsonValueKind.Array
            ? string.Join('\n', messages.EnumerateArray().Select(static message =>
                message.ValueKind is JsonValueKind.Object && message.TryGetProperty("content", out var content)
                && content.ValueKind is JsonValueKind.String ? content.GetString() : ""))
            : null;
    }

    private static Dictionary<int, float> BiasOf(JsonElement root)
    {
        var biases = new Dictionary<int, float>();
        if (root.TryGetProperty("logit_bias", out var members) && members.ValueKind is JsonValueKind.Object)
        {
            foreach (var member in members.EnumerateObject())
            {
                if (int.TryParse(member.Name, out var token) && member.Value.ValueKind is JsonValueKind.Number)
                {
                    biases[token] = (float)Math.Clamp(member.Value.GetDouble(), -100, 100);
                }
            }
        }

        return biases;
    }

    private static double Number(JsonElement root, string member, double absent, double least, double most) =>
        root.TryGetProperty(member, out var value) && value.ValueKind is JsonValueKind.Number
            ? Math.Clamp(value.GetDouble(), least, most)
            : absent;
}
