using System.Text.Json;

namespace Stillwatch.Benchmarks.Detection.Nulls;

/// <summary>Outcomes of an earlier run of the same build, one JSON object a line, so that a stopped run can be continued.</summary>
internal sealed class WorldFile
{
    private readonly string? _path;
    private readonly List<WorldOutcome> _outcomes = [];

    private WorldFile(string? path) => _path = path;

    /// <summary>Reads the outcomes; the file need not exist, and null knows nothing and keeps nothing.</summary>
    /// <exception cref="InvalidDataException">A line is no outcome.</exception>
    public static WorldFile Open(string? path)
    {
        var file = new WorldFile(path);
        try
        {
            foreach (var line in path is not null && File.Exists(path) ? File.ReadLines(path) : [])
            {
                file._outcomes.Add(JsonSerializer.Deserialize<WorldOutcome>(line)!);
            }
        }
        catch (JsonException fault)
        {
            throw new InvalidDataException($"{path} is no file of worlds: {fault.Message}", fault);
        }

        return file;
    }

    /// <summary>The outcome of a world, if it is known.</summary>
    public WorldOutcome? Find(WorldKind kind, ulong seed, string name) =>
        _outcomes.Find(outcome => (outcome.Kind, outcome.Seed, outcome.Name) == (kind, seed, name));

    /// <summary>Keeps an outcome.</summary>
    public void Add(WorldOutcome outcome)
    {
        _outcomes.Add(outcome);
        if (_path is not null)
        {
            File.AppendAllText(_path, $"{JsonSerializer.Serialize(outcome)}\n");
        }
    }
}
