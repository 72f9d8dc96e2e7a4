using System.IO.Compression;
using System.Text.Json;

namespace Stillwatch.Evidence.Tests;

/// <summary>Reads gzipped JSON Lines of published vectors.</summary>
internal static class JsonLines
{
    public static IReadOnlyList<JsonElement> Read(string path)
    {
        using var file = new GZipStream(File.OpenRead(path), CompressionMode.Decompress);
        using var reader = new StreamReader(file);
        var rows = new List<JsonElement>();
        while (reader.ReadLine() is { } line)
        {
            using var document = JsonDocument.Parse(line);
            rows.Add(document.RootElement.Clone());
        }

        return rows;
    }
}
