namespace Stillwatch.Gateway.Configuration;

/// <summary>Which upstream serves a model.</summary>
/// <param name="Name">The model as clients name it; a trailing <c>*</c> stands for any ending.</param>
/// <param name="Upstream">Name of the upstream.</param>
/// <param name="OwnedBy">What the list of models says of its owner.</param>
public sealed record ModelRoute(string Name, string Upstream, string OwnedBy)
{
    /// <summary>Whether the name stands for several models; such a route is not in the list of models.</summary>
    public bool IsPattern => Name.EndsWith('*');

    /// <summary>Whether a model is meant.</summary>
    public bool Matches(string model)
    {
        ArgumentNullException.ThrowIfNull(model);
        return IsPattern ? model.AsSpan().StartsWith(Name.AsSpan(0, Name.Length - 1), StringComparison.Ordinal) : model == Name;
    }
}
