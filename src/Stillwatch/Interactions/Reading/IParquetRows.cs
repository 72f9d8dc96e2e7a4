namespace Stillwatch.Interactions.Reading;

/// <summary>Turns Parquet into rows of JSON. The engine that can is not of this folder; whoever has one passes it to the reader.</summary>
public interface IParquetRows
{
    /// <summary>
    /// Opens the rows of a file as UTF-8 text: one JSON object a line, its members the columns, in the order of the file. Rows are
    /// produced as they are read, in bounded memory.
    /// </summary>
    /// <param name="file">A file on disk: its <see cref="InputFile.Path"/> is not null.</param>
    /// <exception cref="InputException">The file is no Parquet that can be read.</exception>
    Stream Open(InputFile file);
}
