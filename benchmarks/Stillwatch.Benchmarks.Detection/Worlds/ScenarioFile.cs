using System.Text.Json;
using Stillwatch.Benchmarks.Detection.Commands;

namespace Stillwatch.Benchmarks.Detection.Worlds;

/// <summary>A scenario that somebody wrote into a file.</summary>
internal sealed class ScenarioFile : IScenario
{
    private const string NameMember = "name";

    private readonly string _json;

    private ScenarioFile(string name, string json) => (Name, _json) = (name, json);

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public string ToJson() => _json;

    /// <summary>Reads the scenario files that a command was given.</summary>
    /// <exception cref="UnusableException">There is none, or one cannot be read.</exception>
    public static IReadOnlyList<IScenario> ReadAll(CommandArguments arguments, string command)
    {
        var scenarios = arguments.Rest.Select(Read).ToList();
        return scenarios.Count > 0 ? scenarios : throw new UnusableException($"{command} needs a scenario file.");
    }

    /// <summary>Reads the file.</summary>
    /// <exception cref="UnusableException">It is not there, or no JSON object with a name.</exception>
    public static ScenarioFile Read(string path)
    {
        try
        {
            var json = File.ReadAllText(path);
            using var document = JsonDocument.Parse(json);
            return document.RootElement.TryGetProperty(NameMember, out var name) && name.GetString() is { Length: > 0 } text
                ? new ScenarioFile(text, json)
                : throw new UnusableException($"{path}: a scenario is an object with a member \"{NameMember}\".");
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException)
        {
            throw new UnusableException($"{path}: no scenario: {fault.Message}");
        }
        catch (Exception fault) when (fault is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new UnusableException($"{path}: there is no such file.");
        }
    }
}
