using System.Globalization;
using System.Text.Json.Nodes;

namespace Stillwatch.Evidence.Dossiers;

/// <summary>One interaction of a campaign, as a dossier tells it: figures and hashes, and texts only where these were asked for.</summary>
/// <param name="Account">The account's pseudonym.</param>
/// <param name="At">When it arrived.</param>
/// <param name="Key">The store's name of the interaction: a hash of its id, time and account.</param>
/// <param name="Model">The model asked; empty if not known.</param>
/// <param name="Prompt">The sketch's hash of the last message; 0 for none.</param>
/// <param name="PromptBytes">Bytes of the messages.</param>
/// <param name="InputTokens">Tokens of the request.</param>
/// <param name="OutputTokens">Tokens of the reply.</param>
/// <param name="AsksForReasoning">Whether the sketch found cues that ask the model to write out its reasoning.</param>
/// <param name="MessagesDigest">SHA-256 of the messages' text in hexadecimal digits; empty where the store keeps no texts.</param>
public sealed record InteractionSample(
    string Account,
    DateTimeOffset At,
    ulong Key,
    string Model,
    ulong Prompt,
    uint PromptBytes,
    uint InputTokens,
    uint OutputTokens,
    bool AsksForReasoning,
    string MessagesDigest)
{
    /// <summary>The messages and the reply; null unless they were asked for and the store keeps them.</summary>
    public string? Messages { get; init; }

    /// <summary>The sample as an object; numbers of 64 bits are written as 16 hexadecimal digits.</summary>
    public JsonObject ToJson()
    {
        var json = new JsonObject
        {
            ["account"] = Account,
            ["at"] = At.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture),
            ["key"] = Key.ToString("x16", CultureInfo.InvariantCulture),
            ["model"] = Model,
            ["prompt"] = Prompt.ToString("x16", CultureInfo.InvariantCulture),
            ["prompt_bytes"] = PromptBytes,
            ["input_tokens"] = InputTokens,
            ["output_tokens"] = OutputTokens,
            ["asks_for_reasoning"] = AsksForReasoning,
            ["messages_sha256"] = MessagesDigest,
        };
        if (Messages is not null)
        {
            json["messages"] = Messages;
        }

        return json;
    }
}
