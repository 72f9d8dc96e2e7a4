using System.CommandLine;
using Stillwatch.Cli.Verbs.Marks;
using Stillwatch.Evidence.Dossiers;
using Stillwatch.Provenance.Reports;

namespace Stillwatch.Cli.Verbs.Lineage;

/// <summary>The files that the options name, as a report will hold them. Stateless.</summary>
internal static class LineageInputFiles
{
    private const int MaxNameLength = 60;

    /// <summary>Reads all of them, in one order for the same command line.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="answers">Answers of a suspect that was asked; null for none.</param>
    /// <exception cref="UnusableException">A file is missing or too large.</exception>
    public static IReadOnlyList<ReportInput> ReadAll(ParseResult parsed, string? answers)
    {
        string[] outputs = [.. parsed.GetValue(LineageOptions.Outputs) ?? [], .. answers is null ? Array.Empty<string>() : [answers]];
        return
        [
            .. outputs.Select(static path => (InputRole.Outputs, path))
                .Concat(One(parsed, InputRole.Words, LineageOptions.Words))
                .Concat(Many(parsed, InputRole.Reference, LineageOptions.Reference))
                .Concat(Many(parsed, InputRole.Marked, LineageOptions.Marked))
                .Concat(One(parsed, InputRole.Probabilities, LineageOptions.Probabilities))
                .Concat(One(parsed, InputRole.ReferenceProbabilities, LineageOptions.ReferenceProbabilities))
                .Concat(Many(parsed, InputRole.Teacher, LineageOptions.Teacher))
                .Concat(Many(parsed, InputRole.Control, LineageOptions.Control))
                .Concat(One(parsed, InputRole.Logits, LineageOptions.Logits))
                .Concat(One(parsed, InputRole.OwnLogits, LineageOptions.OwnLogits))
                .Concat(answers is not null && InterviewOptions.PromptsOf(parsed) is { } prompts ? [(InputRole.Prompts, prompts)] : [])
                .Select(static (file, i) => Read(file.Item1, file.Item2, NameOf(i + 1, file.Item1, file.Item2))),
        ];
    }

    /// <summary>Reads one file.</summary>
    /// <exception cref="UnusableException">It is missing or too large.</exception>
    public static ReportInput Read(InputRole role, string path, string name)
    {
        using var stream = InputStream.Open(path);
        using var content = new MemoryStream();
        var buffer = new byte[1 << 16];
        for (int read; (read = stream.Read(buffer)) > 0;)
        {
            content.Write(buffer, 0, read);
            if (content.Length > DossierFiles.MaxFileBytes)
            {
                throw new UnusableException($"{path} has more than {DossierFiles.MaxFileBytes} bytes: pack it, or give it in parts.");
            }
        }

        return new(role, name, content.ToArray());
    }

    private static IEnumerable<(InputRole Role, string Path)> One(ParseResult parsed, InputRole role, Option<string?> option) =>
        parsed.GetValue(option) is { } path ? [(role, path)] : [];

    private static IEnumerable<(InputRole Role, string Path)> Many(ParseResult parsed, InputRole role, Option<string[]> option) =>
        (parsed.GetValue(option) ?? []).Select(path => (role, path));

    /// <summary>A name that can do no harm, which keeps the file's ending and, for teachers and controls, whose it is.</summary>
    private static string NameOf(int number, InputRole role, string path)
    {
        var plain = new string([.. Path.GetFileName(path).Select(static letter =>
            char.IsAsciiLetterOrDigit(letter) || letter is '.' or '-' or '_' ? letter : '_')]);
        var name = plain.Length <= MaxNameLength ? plain : plain[^MaxNameLength..];
        var shown = name.Length > 0 && char.IsAsciiLetterOrDigit(name[0]) ? name : $"file{name}";
        return MarkOptions.Text($"{LineageReportFiles.InputFolder}{number:00}-{ReportInput.NameOf(role)}/{shown}");
    }
}
