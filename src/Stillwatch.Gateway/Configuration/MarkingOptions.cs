using Stillwatch.Gateway.Responses;

namespace Stillwatch.Gateway.Configuration;

/// <summary>Which replies are marked, and with which keys.</summary>
/// <param name="Secret">The file of the master secret.</param>
public sealed record MarkingOptions(string Secret)
{
    /// <summary>The tenant of the keys' labels.</summary>
    public string Tenant { get; init; } = "default";

    /// <summary>The epoch of the keys' labels, at least 0.</summary>
    public int Epoch { get; init; }

    /// <summary>Who shares a key.</summary>
    public MarkingParty Per { get; init; } = MarkingParty.Organisation;

    /// <summary>Whose replies are never marked.</summary>
    public IReadOnlySet<ResponseScope> Exempt { get; init; } = new HashSet<ResponseScope>();

    /// <summary>The models; the first that matches counts, and others are not marked.</summary>
    public IReadOnlyList<MarkedModel> Models { get; init; } = [];
}
