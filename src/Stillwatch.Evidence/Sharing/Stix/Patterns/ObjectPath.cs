namespace Stillwatch.Evidence.Sharing.Stix.Patterns;

/// <summary>A property of an observable (STIX 2.1, 9.7).</summary>
/// <param name="Type">The observable's type.</param>
/// <param name="Steps">Names of properties, and indices as <c>[0]</c> or <c>[*]</c>; the first is a name.</param>
public sealed record ObjectPath(string Type, IReadOnlyList<string> Steps)
{
    /// <summary>A property of the object itself.</summary>
    public static ObjectPath Of(string type, string property) => new(type, [property]);

    /// <summary>The path without quotes, to compare with.</summary>
    public string Plain => $"{Type}:{string.Join('.', Steps)}";
}
