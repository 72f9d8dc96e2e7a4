using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Stillwatch.Provenance.Reports;

namespace Stillwatch.Cli.Verbs.Lineage;

/// <summary>
/// Answers of a suspect as they come: each is on the disk before the next step, and a run that was cut off goes on where it was.
/// Thread-safe.
/// </summary>
/// <remarks>
/// The first line says what was asked and how; a run with anything else is refused. A last line without its end is a write that was cut
/// off, and goes.
/// </remarks>
internal sealed class AnswerFile : IDisposable
{
    private const string Schema = "stillwatch.answers/1";

    private readonly FileStream _file;
    private readonly Lock _lock = new();
    private readonly HashSet<string> _done = new(StringComparer.Ordinal);

    private AnswerFile(FileStream file) => _file = file;

    /// <summary>Answers that are there.</summary>
    public int Count => _done.Count;

    /// <summary>Opens or begins a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="asked">What is asked, and how.</param>
    /// <exception cref="UnusableException">It holds answers to something else, or no answers.</exception>
    public static AnswerFile Open(string path, JsonObject asked)
    {
        var head = new JsonObject { ["schema"] = Schema, ["asked"] = asked.DeepClone() }.ToJsonString();
        var answers = new AnswerFile(new(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read));
        try
        {
            answers.Resume(path, head);
            return answers;
        }
        catch
        {
            answers.Dispose();
            throw;
        }
    }

    /// <summary>Whether a question has its answer.</summary>
    public bool Has(SuspectQuestion question)
    {
        lock (_lock)
        {
            return _done.Contains(question.Id);
        }
    }

    /// <summary>Keeps an answer.</summary>
    public void Add(SuspectQuestion question, string text, DateTimeOffset at)
    {
        var line = new JsonObject { ["id"] = question.Id, ["at"] = Precommitment.Time(at), ["prompt"] = question.Prompt };
        if (question.Cue is not null)
        {
            line["cue"] = question.Cue;
        }

        line["text"] = text;
        lock (_lock)
        {
            Write(line.ToJsonString());
            _done.Add(question.Id);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();

    private void Resume(string path, string head)
    {
        var bytes = new byte[_file.Length];
        _file.ReadExactly(bytes);
        var whole = bytes.AsSpan().LastIndexOf((byte)'\n') + 1;
        _file.SetLength(whole);
        _file.Position = whole;
        if (whole == 0)
        {
            Write(head);
            return;
        }

        var lines = Encoding.UTF8.GetString(bytes, 0, whole).Split('\n')[..^1];
        if (lines[0] != head)
        {
            throw new UnusableException($"{path} holds answers to other prompts, or asked in another way: name another file.");
        }

        foreach (var line in lines.Skip(1))
        {
            _done.Add(IdOf(path, line));
        }
    }

    private static string IdOf(string path, string line)
    {
        try
        {
            return (string)JsonNode.Parse(line)!["id"]!;
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException or NullReferenceException)
        {
            throw new UnusableException($"{path} has a line that is no answer: mend it, or name another file.");
        }
    }

    private void Write(string line)
    {
        _file.Write(Encoding.UTF8.GetBytes($"{line}\n"));
        _file.Flush(flushToDisk: true);
    }
}
