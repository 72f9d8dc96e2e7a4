using System.Text.Json;

namespace Stillwatch.Benchmarks.Detection.Commands;

/// <summary>
/// Outcomes of earlier runs of the same build, one JSON object a line, so that a stopped run can be continued. Safe from any thread.
/// </summary>
/// <typeparam name="T">The outcome.</typeparam>
internal sealed class OutcomeFile<T>
    where T : class
{
    private readonly string? _path;
    private readonly List<T> _outcomes = [];
    private readonly Lock _turn = new();

    private OutcomeFile(string? path) => _path = path;

    /// <summary>Reads the outcomes; the file need not exist. Without a path nothing is kept beyond the run.</summary>
    /// <exception cref="InvalidDataException">A line is no outcome.</exception>
    public static OutcomeFile<T> Open(string? path)
    {
        var (file, line) = (new OutcomeFile<T>(path), 0);
        try
        {
            foreach (var text in File.Exists(path) ? File.ReadLines(path) : [])
            {
                line++;
                file._outcomes.Add(JsonSerializer.Deserialize<T>(text) ?? throw new JsonException("there is null"));
            }
        }
        catch (JsonException fault)
        {
            throw new InvalidDataException(
                $"{path}:{line}: no outcome of this command ({fault.Message}). Delete the line if a run was cut short there, or name "
                + "another file.",
                fault);
        }

        return file;
    }

    /// <summary>The first outcome that matches; null if none does.</summary>
    public T? Find(Predicate<T> match)
    {
        lock (_turn)
        {
            return _outcomes.Find(match);
        }
    }

    /// <summary>Keeps an outcome and returns it.</summary>
    public T Keep(T outcome)
    {
        lock (_turn)
        {
            _outcomes.Add(outcome);
            if (_path is not null)
            {
                File.AppendAllText(_path, $"{JsonSerializer.Serialize(outcome)}\n");
            }
        }

        return outcome;
    }
}
