using System.Text.Json;

namespace Stillwatch.Gateway.Responses;

/// <summary>Reads from a gateway's logs what responses did, or would have done, about each request.</summary>
public static class RecordedDecisions
{
    /// <summary>One request.</summary>
    /// <param name="Account">Whose.</param>
    /// <param name="Tier">Its tier; null where the log does not say.</param>
    /// <param name="Effects">What responses did.</param>
    public readonly record struct Request(string Account, string? Tier, IReadOnlyList<string> Effects);

    /// <summary>The requests of a log; lines that are none are passed over.</summary>
    /// <param name="content">JSON Lines, plain or gzip.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    public static async IAsyncEnumerable<Request> ReadAsync(
        Stream content, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(content);
        using var reader = new StreamReader(content);
        while (await reader.ReadLineAsync(cancellationToken).ConfigureAwait(false) is { } line)
        {
            if (Read(line) is { } request)
            {
                yield return request;
            }
        }
    }

    private static Request? Read(string line)
    {
        try
        {
            using var json = JsonDocument.Parse(line);
            var root = json.RootElement;
            if (root.ValueKind is not JsonValueKind.Object || Text(root, "account") is not { Length: > 0 } account)
            {
                return null;
            }

            var isGateways = root.TryGetProperty("gateway", out var gateway) && gateway.ValueKind is JsonValueKind.Object;
            return new(account, isGateways ? Text(gateway, "tier") : null, isGateways ? Effects(gateway) : []);
        }
        catch (JsonException)
        {
            // The line that a gateway is writing.
            return null;
        }
    }

    private static List<string> Effects(JsonElement gateway)
    {
        var effects = new List<string>();
        if (gateway.TryGetProperty("decisions", out var decisions) && decisions.ValueKind is JsonValueKind.Array)
        {
            foreach (var decision in decisions.EnumerateArray())
            {
                if (decision.ValueKind is JsonValueKind.Object && Text(decision, "by") == "response"
                    && Text(decision, "effect") is { } effect && !effects.Contains(effect))
                {
                    effects.Add(effect);
                }
            }
        }

        return effects;
    }

    private static string? Text(JsonElement json, string member) =>
        json.TryGetProperty(member, out var value) && value.ValueKind is JsonValueKind.String ? value.GetString() : null;
}
