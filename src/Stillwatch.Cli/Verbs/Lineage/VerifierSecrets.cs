using Stillwatch.Cli.Verbs.Marks;
using Stillwatch.Gateway.Responses;
using Stillwatch.Provenance.Reports;
using Stillwatch.Provenance.Watermarking;

namespace Stillwatch.Cli.Verbs.Lineage;

/// <summary>Keys and books that a verifier was given, matched with what a report committed to. Stateless.</summary>
internal static class VerifierSecrets
{
    /// <summary>The secrets of a report, and what of what was given opens nothing in it.</summary>
    public static (LineageSecrets Secrets, IReadOnlyList<string> Faults) Match(
        LineageSettings settings, IReadOnlyList<RevealedKey> keys, TrapBook? book)
    {
        var faults = new List<string>();
        var marks = new Dictionary<string, KeyedGreenBits>(StringComparer.Ordinal);
        foreach (var (key, number) in keys.Select(static (key, i) => (key, i + 1)))
        {
            var opened = settings.Marks.Where(mark => key.Width == settings.Width && key.Opens(mark.Commitment)).ToList();
            opened.ForEach(mark => marks[mark.Id] = new(key.Key, key.Width));
            if (opened.Count == 0)
            {
                faults.Add(MarkOptions.Text($"Key {number} that was given opens no commitment of this report."));
            }
        }

        if (book is not null && book.Commitment != settings.Canaries?.Commitment)
        {
            faults.Add($"The book {book.Name} that was given is not the one that this report committed to.");
            book = null;
        }

        return (new() { Marks = marks, Canaries = book?.Pairs }, faults);
    }
}
