using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Stillwatch.Cli.Verbs.Gateway;

/// <summary>Asks a running gateway's administration listener.</summary>
internal static class GatewayAdministration
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    public static Option<string?> Option() => new("--gateway")
    {
        HelpName = "URL",
        Description = "A running gateway's administration listener ('admin' in its configuration), as http://127.0.0.1:8081.",
    };

    /// <summary>Reads one of its pages.</summary>
    /// <exception cref="UnusableException">Nobody answers there, or it is no gateway.</exception>
    public static async Task<JsonObject> ReadAsync(string address, string page, CancellationToken cancellation)
    {
        if (!Uri.TryCreate(address, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https"))
        {
            throw new UnusableException($"--gateway takes an address such as http://127.0.0.1:8081, not '{address}'.");
        }

        using var client = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { Timeout = Patience };
        try
        {
            return JsonNode.Parse(await client.GetStringAsync(new Uri(uri, page), cancellation)) as JsonObject
                ?? throw new UnusableException($"{address} is no gateway.");
        }
        catch (Exception unusable) when (unusable is HttpRequestException or JsonException
            || (unusable is OperationCanceledException && !cancellation.IsCancellationRequested))
        {
            throw new UnusableException($"{address} cannot be asked: {unusable.Message}");
        }
    }
}
