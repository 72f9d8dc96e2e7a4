using System.Globalization;
using System.IO.Compression;
using Stillwatch.Benchmarks.Detection.Commands;

namespace Stillwatch.Benchmarks.Detection.Sybil;

/// <summary>Reads the folder of the Sybil accounts: three comma-separated files, compressed, without quoting.</summary>
internal static class SybilLedgerReader
{
    /// <summary>Reads a folder.</summary>
    /// <exception cref="UnusableException">A file is missing or has other columns.</exception>
    public static SybilLedger Read(string directory, CancellationToken cancellation)
    {
        var accounts = Rows(directory, "accounts.csv.gz", "id,address,label,group,component,first_use,volume", cancellation)
            .Select(static fields => new SybilAccount(fields[3], fields[4])).ToArray();
        var transfers = Rows(directory, "edges.csv.gz", "from,to,n", cancellation)
            .Select(static fields => new SybilTransfer(Number(fields[0]), Number(fields[1]), Number(fields[2]))).ToArray();
        var hubs = Rows(directory, "hubs.csv.gz", "id,kind", cancellation).Select(static fields => Number(fields[0])).ToHashSet();
        return new(accounts, transfers, hubs);
    }

    private static IEnumerable<string[]> Rows(string directory, string name, string header, CancellationToken cancellation)
    {
        var path = Path.Combine(directory, name);
        if (!File.Exists(path))
        {
            throw new UnusableException($"{path}: there is no such file.");
        }

        using var reader = new StreamReader(new GZipStream(File.OpenRead(path), CompressionMode.Decompress));
        if (reader.ReadLine() is var found && found != header)
        {
            throw new UnusableException($"{path} begins with \"{found}\"; its columns are to be {header}.");
        }

        var columns = header.Count(static character => character == ',') + 1;
        for (var line = 2; reader.ReadLine() is { } text; line++)
        {
            cancellation.ThrowIfCancellationRequested();
            var fields = text.Split(',');
            yield return fields.Length == columns
                ? fields
                : throw new UnusableException($"{path}:{line} has {fields.Length} fields; there are to be {columns}.");
        }
    }

    private static int Number(string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
        ? number
        : throw new UnusableException($"\"{text}\" is no number.");
}
