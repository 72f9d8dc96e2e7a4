namespace Stillwatch.Gateway.Configuration;

/// <summary>Lets requests through whose content the gateway does not read. They are authenticated and observed like all others.</summary>
/// <param name="Method">The method, upper case.</param>
/// <param name="Path">The path; a trailing <c>*</c> stands for any ending.</param>
/// <param name="Upstream">Name of the upstream.</param>
/// <param name="Model">The model that the interaction names.</param>
public sealed record PassThroughRule(string Method, string Path, string Upstream, string Model)
{
    /// <summary>Whether the rule is about a request.</summary>
    public bool Matches(string method, string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        return method == Method
            && (Path.EndsWith('*') ? path.AsSpan().StartsWith(Path.AsSpan(0, Path.Length - 1), StringComparison.Ordinal) : path == Path);
    }
}
