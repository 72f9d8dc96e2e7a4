using System.Globalization;
using Stillwatch.Provenance.Laboratory;

namespace Stillwatch.Provenance.Reports;

/// <summary>The files of a test, read as what they are. Not thread-safe.</summary>
/// <param name="files">The files, in the order in which they count.</param>
/// <param name="vocabulary">Ids of the vocabulary of words, where there is a text of words.</param>
internal sealed class LineageInputs(IReadOnlyList<ReportInput> files, int vocabulary)
{
    private readonly Lazy<WordVocabulary?> _words = new(() => files.FirstOrDefault(static file => file.Role == InputRole.Words) is { } text
        ? WordVocabulary.OfText(InputLines.Text(text), vocabulary)
        : null);

    /// <summary>The files of a role.</summary>
    public IEnumerable<ReportInput> Of(InputRole role) => files.Where(file => file.Role == role);

    /// <summary>Whether there is a file of a role.</summary>
    public bool Has(InputRole role) => Of(role).Any();

    /// <summary>All answers of a role.</summary>
    public IEnumerable<Answer> Answers(InputRole role) => Of(role).SelectMany(Answer.Read);

    /// <summary>Texts of a role as ids, each with its prompt; what is no text is left out.</summary>
    /// <exception cref="InvalidDataException">There is a text, and nothing that gives it ids.</exception>
    public IEnumerable<(int[]? Prompt, int[] Tokens)> Texts(InputRole role)
    {
        foreach (var answer in Answers(role))
        {
            if (answer.Tokens is not null)
            {
                yield return (answer.PromptTokens, answer.Tokens);
            }
            else if (answer.Text is not null)
            {
                yield return (answer.PromptTokens ?? (answer.Prompt is null ? null : Encode(answer, answer.Prompt)),
                    Encode(answer, answer.Text));
            }
        }
    }

    /// <summary>A reference's texts; a text of words that no JSON is, is one text.</summary>
    public IEnumerable<int[]> ReferenceTexts()
    {
        foreach (var file in Of(InputRole.Reference))
        {
            if (file.Name.EndsWith(".txt", StringComparison.Ordinal) || file.Name.EndsWith(".txt.gz", StringComparison.Ordinal))
            {
                yield return _words.Value?.Encode(InputLines.Text(file)) ?? throw InputLines.Fault(file, 1, NoIds);
                continue;
            }

            foreach (var answer in Answer.Read(file))
            {
                yield return answer.Tokens ?? Encode(answer, answer.Text ?? string.Empty);
            }
        }
    }

    /// <summary>When the first answer was received; null if some answer does not tell, or there is none.</summary>
    public DateTimeOffset? FirstOutputAt()
    {
        DateTimeOffset? first = null;
        foreach (var answer in Answers(InputRole.Outputs))
        {
            if (answer.At is not { } at)
            {
                return null;
            }

            first = first < at ? first : at;
        }

        return first;
    }

    private const string NoIds = "this is text, and marks are on ids: give 'tokens', or the text of words that was marked with (--words)";

    private int[] Encode(Answer answer, string text) => _words.Value?.Encode(text) ?? throw answer.Fault(NoIds);

    /// <summary>Text with numbers as everywhere.</summary>
    internal static string Say(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
