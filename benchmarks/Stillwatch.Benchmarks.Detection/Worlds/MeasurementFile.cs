using System.Text.Json;

namespace Stillwatch.Benchmarks.Detection.Worlds;

/// <summary>Measurements of earlier runs of the same build, one JSON object a line, so that a stopped run can be continued.</summary>
/// <typeparam name="T">The measurement.</typeparam>
internal sealed class MeasurementFile<T>
    where T : class, IMeasured
{
    private readonly string? _path;
    private readonly Dictionary<(string Setting, ulong Seed), T> _known = [];

    /// <param name="path">The file, which need not exist; null keeps nothing beyond the run.</param>
    /// <exception cref="InvalidDataException">A line is no measurement.</exception>
    public MeasurementFile(string? path)
    {
        _path = path;
        try
        {
            foreach (var line in path is not null && File.Exists(path) ? File.ReadLines(path) : [])
            {
                var known = JsonSerializer.Deserialize<T>(line)!;
                _known[(known.Setting, known.Seed)] = known;
            }
        }
        catch (JsonException fault)
        {
            throw new InvalidDataException($"{path} is no file of such measurements: {fault.Message}", fault);
        }
    }

    /// <summary>The measurement of a setting and a seed; made, and kept, if it is not known.</summary>
    public async Task<T> GetAsync(string setting, ulong seed, Func<Task<T>> measure)
    {
        if (_known.TryGetValue((setting, seed), out var known))
        {
            return known;
        }

        var made = await measure();
        _known.Add((setting, seed), made);
        if (_path is not null)
        {
            File.AppendAllText(_path, $"{JsonSerializer.Serialize(made)}\n");
        }

        return made;
    }
}
