using System.Text.Json;

namespace Stillwatch.Benchmarks.Detection.Windows;

/// <summary>
/// Outcomes of an earlier run of the same build, one JSON object a line, so that a stopped run can be continued. Safe from any thread.
/// </summary>
/// <typeparam name="T">The outcome.</typeparam>
internal sealed class OutcomeFile<T>
    where T : class
{
    private readonly string? _path;
    private readonly List<T> _outcomes = [];
    private readonly Lock _writing = new();

    private OutcomeFile(string? path) => _path = path;

    /// <summary>Reads the outcomes; the file need not exist. Without a path nothing is known and nothing kept.</summary>
    /// <exception cref="InvalidDataException">A line is no outcome.</exception>
    public static OutcomeFile<T> Open(string? path)
    {
        var file = new OutcomeFile<T>(path);
        try
        {
            foreach (var line in File.Exists(path) ? File.ReadLines(path) : [])
            {
                file._outcomes.Add(JsonSerializer.Deserialize<T>(line)!);
            }
        }
        catch (JsonException fault)
        {
            throw new InvalidDataException($"{path} is no file of outcomes: {fault.Message}", fault);
        }

        return file;
    }

    /// <summary>The first outcome of the earlier run that matches; null if none does.</summary>
    public T? Find(Predicate<T> match) => _outcomes.Find(match);

    /// <summary>Writes an outcome to the file and returns it.</summary>
    public T Keep(T outcome)
    {
        if (_path is not null)
        {
            lock (_writing)
            {
                File.AppendAllText(_path, $"{JsonSerializer.Serialize(outcome)}\n");
            }
        }

        return outcome;
    }
}
