using System.Collections.Frozen;
using Stillwatch.Interactions;

namespace Stillwatch.Benchmarks.Detection.Coordination;

/// <summary>What per-key rules look for in a single request.</summary>
[Flags]
internal enum RequestTraits : byte
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>The program is a plain HTTP library, not an application or a provider's client.</summary>
    PlainHttpLibrary = 1,

    /// <summary>The autonomous system rents out servers.</summary>
    Hosting = 2,

    /// <summary>The prompt or the system prompt begins by giving the model a role.</summary>
    RolePreamble = 4,

    /// <summary>The address is in China, which the rules of Glasswally weigh higher.</summary>
    China = 8,
}

/// <summary>Reads <see cref="RequestTraits"/> off an interaction.</summary>
internal static class RequestTraitsExtensions
{
    private static readonly string[] PlainLibraries =
    [
        "python-requests", "aiohttp", "python-httpx", "httpx", "python-urllib", "go-http-client", "okhttp", "axios", "curl", "java/",
        "node-fetch",
    ];

    /// <summary>Well-known renters of servers, by the numbers that regional registries publish.</summary>
    private static readonly FrozenSet<uint> HostingSystems = new uint[]
    {
        8075, 9009, 12876, 14061, 14618, 15169, 16265, 16276, 16509, 20473, 24940, 26496, 31898, 36352, 37963, 40021, 45090, 45102,
        47583, 49981, 51167, 53667, 55286, 60068, 60781, 62240, 62567, 63949, 132203, 197540, 206092, 212238, 396982,
    }.ToFrozenSet();

    /// <summary>The traits of an interaction.</summary>
    public static RequestTraits Of(Interaction interaction)
    {
        var traits = RequestTraits.None;
        traits |= interaction.Client.UserAgent is { } agent && IsPlainLibrary(agent) ? RequestTraits.PlainHttpLibrary : 0;
        traits |= HostingSystems.Contains(interaction.Client.AutonomousSystem) ? RequestTraits.Hosting : 0;
        traits |= interaction.Client.Country == "CN" ? RequestTraits.China : 0;
        return traits | (GivesRole(interaction.Request) ? RequestTraits.RolePreamble : 0);
    }

    private static bool IsPlainLibrary(string agent) =>
        Array.Exists(PlainLibraries, library => agent.StartsWith(library, StringComparison.OrdinalIgnoreCase));

    private static bool GivesRole(PromptContent request) =>
        (request.System is { } system && IsRole(system.Span))
            || (request.Messages.Count > 0 && IsRole(request.Messages[^1].Content.Span));

    private static bool IsRole(ReadOnlySpan<byte> text) => text.StartsWith("You are "u8) || text.StartsWith("Act as "u8);
}
