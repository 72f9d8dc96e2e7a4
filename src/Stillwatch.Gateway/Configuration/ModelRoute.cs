using Stillwatch.Gateway.Quotas;

namespace Stillwatch.Gateway.Configuration;

/// <summary>Which upstream serves a model, and what policies, limits and prices know of it.</summary>
/// <param name="Name">The model as clients name it; a trailing <c>*</c> stands for any ending.</param>
/// <param name="Upstream">Name of the upstream.</param>
/// <param name="OwnedBy">What the list of models says of its owner.</param>
public sealed record ModelRoute(string Name, string Upstream, string OwnedBy)
{
    /// <summary>The region that serves it; empty where it is not said.</summary>
    public string Region { get; init; } = "";

    /// <summary>Families it is in, which policies name.</summary>
    public IReadOnlyList<string> Families { get; init; } = [];

    /// <summary>What its tokens cost; nothing unless said.</summary>
    public ModelPrice Price { get; init; }

    /// <summary>The most tokens that it writes in one reply; null for what holds of all models.</summary>
    public int? MaxOutputTokens { get; init; }

    /// <summary>Whether its template opens reasoning, so that a reply's text begins within it, up to <c>&lt;/think&gt;</c>.</summary>
    public bool OpensReasoning { get; init; }

    /// <summary>Whether the name stands for several models; such a route is not in the list of models.</summary>
    public bool IsPattern => Name.EndsWith('*');

    /// <summary>Whether a model is meant.</summary>
    public bool Matches(string model)
    {
        ArgumentNullException.ThrowIfNull(model);
        return IsPattern ? model.AsSpan().StartsWith(Name.AsSpan(0, Name.Length - 1), StringComparison.Ordinal) : model == Name;
    }
}
