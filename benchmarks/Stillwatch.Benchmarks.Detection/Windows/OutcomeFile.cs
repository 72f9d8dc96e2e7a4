using System.Text.Json;

namespace Stillwatch.Benchmarks.Detection.Windows;

/// <summary>Outcomes of an earlier run of the same build, one JSON object a line, so that a stopped run can be continued.</summary>
internal sealed class OutcomeFile
{
    private readonly string? _path;
    private readonly List<WindowOutcome> _outcomes = [];

    private OutcomeFile(string? path) => _path = path;

    /// <summary>Knows nothing and keeps nothing.</summary>
    public static OutcomeFile None => new(null);

    /// <summary>Reads the outcomes; the file need not exist.</summary>
    /// <exception cref="InvalidDataException">A line is no outcome.</exception>
    public static OutcomeFile Open(string path)
    {
        var file = new OutcomeFile(path);
        try
        {
            foreach (var line in File.Exists(path) ? File.ReadLines(path) : [])
            {
                file._outcomes.Add(JsonSerializer.Deserialize<WindowOutcome>(line)!);
            }
        }
        catch (JsonException fault)
        {
            throw new InvalidDataException($"{path} is no file of outcomes: {fault.Message}", fault);
        }

        return file;
    }

    public WindowOutcome? Find(string pair, ulong seed, int windowSize, string detector) => _outcomes.Find(outcome =>
        (outcome.Pair, outcome.Seed, outcome.WindowSize, outcome.Detector) == (pair, seed, windowSize, detector));

    public void Add(WindowOutcome outcome)
    {
        if (_path is not null)
        {
            File.AppendAllText(_path, $"{JsonSerializer.Serialize(outcome)}\n");
        }
    }
}
