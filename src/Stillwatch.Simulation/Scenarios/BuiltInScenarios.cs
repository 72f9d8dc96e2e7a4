using Stillwatch.Simulation.Grammar;

namespace Stillwatch.Simulation.Scenarios;

/// <summary>The scenarios that come with the product.</summary>
public static class BuiltInScenarios
{
    private const string Prefix = "Stillwatch.Simulation.Scenarios.BuiltIn.";
    private const string Suffix = ".json";

    /// <summary>Their names.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. typeof(BuiltInScenarios).Assembly.GetManifestResourceNames()
        .Where(name => name.StartsWith(Prefix, StringComparison.Ordinal))
        .Select(name => name[Prefix.Length..^Suffix.Length]).Order(StringComparer.Ordinal)];

    /// <summary>One of them.</summary>
    /// <exception cref="ArgumentException">There is none of that name.</exception>
    public static Scenario Get(string name) => ScenarioReader.Read(Json(name)).Require();

    /// <summary>The file of one of them: a starting point for scenarios of one's own.</summary>
    /// <exception cref="ArgumentException">There is none of that name.</exception>
    public static string Json(string name) => Names.Contains(name)
        ? EmbeddedText.Read(Prefix + name + Suffix)
        : throw new ArgumentException($"'{name}' is no built-in scenario; there are {string.Join(", ", Names)}.", nameof(name));
}
