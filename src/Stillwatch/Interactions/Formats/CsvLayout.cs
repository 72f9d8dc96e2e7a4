using Stillwatch.Interactions.Reading;

namespace Stillwatch.Interactions.Formats;

/// <summary>The header of a table: its delimiter, and which field each column holds.</summary>
/// <param name="Delimiter">Between fields.</param>
/// <param name="Fields">By column; <see cref="LogField.None"/> for columns that are passed over.</param>
/// <param name="HeaderLength">Bytes of the header with its end of line.</param>
internal sealed record CsvLayout(byte Delimiter, LogField[] Fields, int HeaderLength)
{
    /// <summary>More columns than any table of a log has.</summary>
    private const int MaxColumns = 4096;

    private static ReadOnlySpan<byte> Delimiters => ",;\t|"u8;

    /// <summary>Reads the header at the start of a table.</summary>
    /// <param name="text">The first bytes of the table.</param>
    /// <param name="mapping">Which columns are known.</param>
    /// <returns>The layout under the delimiter that makes most columns known; null if none makes two known.</returns>
    public static CsvLayout? Read(ReadOnlySpan<byte> text, ColumnMapping mapping)
    {
        CsvLayout? best = null;
        foreach (var delimiter in Delimiters)
        {
            if (Read(text, delimiter, mapping) is { } layout && layout.Known > Math.Max(1, best?.Known ?? 0))
            {
                best = layout;
            }
        }

        return best;
    }

    /// <summary>The required members for which there is no column; empty if the table can hold interactions.</summary>
    public IEnumerable<string> Missing =>
        new[] { LogField.Time, LogField.Account, LogField.Model }.Except(Fields).Select(LogFields.Path);

    private int Known => Fields.Count(static held => held is not LogField.None);

    private static CsvLayout? Read(ReadOnlySpan<byte> text, byte delimiter, ColumnMapping mapping)
    {
        var length = CsvText.RecordLength(text, delimiter);
        if (length < 0 && text.Length >= InputRecogniser.SampleBytes)
        {
            return null;
        }

        var rest = (length < 0 ? text : text[..length]).TrimEnd("\r\n"u8);
        var fields = new List<LogField>();
        for (var last = false; !last && fields.Count < MaxColumns;)
        {
            if (!CsvText.TryTakeField(ref rest, delimiter, out var name, out _, out last))
            {
                return null;
            }

            var field = mapping.Find(name);
            fields.Add(fields.Contains(field) ? LogField.None : field);
        }

        return new(delimiter, [.. fields], length < 0 ? text.Length : length);
    }
}
