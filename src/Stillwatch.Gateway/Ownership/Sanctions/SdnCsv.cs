using System.Text;

namespace Stillwatch.Gateway.Ownership.Sanctions;

/// <summary>
/// Reads OFAC's lists as CSV: <c>sdn.csv</c> with the names, <c>alt.csv</c> with the aliases, joined by the number of the entry.
/// </summary>
/// <remarks>
/// The files have no header, <c>-0-</c> for what is empty, and end with a control character. Identifiers stand in free text there and are
/// not read from it: take the XML where they are needed.
/// </remarks>
public static class SdnCsv
{
    private const string Empty = "-0-";

    /// <summary>Reads a list.</summary>
    /// <param name="names">The file of names; at least four fields a line: number, name, type, programmes.</param>
    /// <param name="aliases">The file of aliases; at least four fields a line: number, its own number, type, name. Null for none.</param>
    /// <param name="source">Which list.</param>
    public static SanctionsReading Read(TextReader names, TextReader? aliases, string source)
    {
        ArgumentNullException.ThrowIfNull(names);
        List<string> faults = [];
        var others = aliases is null
            ? null
            : Rows(aliases, "aliases", faults).ToLookup(row => row[0], row => row[3], StringComparer.Ordinal);
        var entries = Rows(names, "names", faults)
            .Select(row => new SanctionsEntry(
                row[0], row[1], Value(row[2]), Programs(Value(row[3])), [.. others?[row[0]] ?? []], []))
            .ToList();
        var known = entries.Select(entry => entry.Id).ToHashSet(StringComparer.Ordinal);
        faults.AddRange((others ?? Enumerable.Empty<IGrouping<string, string>>()).Where(group => !known.Contains(group.Key))
            .Select(group => $"An alias names entry {group.Key}, which there is not."));
        return new(new(source, published: null, entries), faults);
    }

    /// <summary>Programmes stand as <c>SDGT] [IFSR</c> in one field.</summary>
    private static IReadOnlyList<string> Programs(string field) =>
        [.. field.Split("] [", StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(name => name.Trim('[', ']'))];

    private static string Value(string field) => field == Empty ? "" : field;

    private static IEnumerable<string[]> Rows(TextReader reader, string what, List<string> faults)
    {
        for (var line = 1; reader.ReadLine() is { } text; line++)
        {
            if (text.Trim('\u001a', ' ').Length == 0)
            {
                continue;
            }

            var fields = Fields(text);
            if (fields.Count >= 4 && fields[0].Length > 0 && fields[0].All(char.IsAsciiDigit))
            {
                yield return [.. fields];
            }
            else
            {
                faults.Add($"Line {line} of the {what} is no record: four fields are needed, the first a number.");
            }
        }
    }

    private static List<string> Fields(string line)
    {
        List<string> fields = [];
        var field = new StringBuilder();
        var isQuoted = false;
        for (var at = 0; at < line.Length; at++)
        {
            var isDoubled = isQuoted && line[at] == '"' && at + 1 < line.Length && line[at + 1] == '"';
            if (line[at] == '"' && !isDoubled)
            {
                isQuoted = !isQuoted;
            }
            else if (line[at] == ',' && !isQuoted)
            {
                fields.Add(field.ToString().Trim());
                field.Clear();
            }
            else
            {
                field.Append(line[at]);
                at += isDoubled ? 1 : 0;
            }
        }

        fields.Add(field.ToString().Trim());
        return fields;
    }
}
