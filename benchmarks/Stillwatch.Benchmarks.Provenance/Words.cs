using System.Collections.Frozen;
using System.IO.Compression;
using Stillwatch.Benchmarks.Detection.Commands;
using Stillwatch.Provenance.Lineage;

namespace Stillwatch.Benchmarks.Provenance;

/// <summary>A text as ids of words, the most frequent first; rarer words than the vocabulary has room for share the last id.</summary>
internal static class Words
{
    public static int[] Read(string path, int vocabulary)
    {
        if (!File.Exists(path))
        {
            throw new UnusableException($"{path}: there is no such file.");
        }

        using Stream file = File.OpenRead(path);
        using var reader = new StreamReader(path.EndsWith(".gz", StringComparison.Ordinal)
            ? new GZipStream(file, CompressionMode.Decompress)
            : file);
        var words = AnswerSimilarity.Words(reader.ReadToEnd()).ToArray();
        var ids = words.GroupBy(static word => word, StringComparer.Ordinal)
            .OrderByDescending(static equal => equal.Count()).ThenBy(static equal => equal.Key, StringComparer.Ordinal)
            .Take(vocabulary - 1)
            .Select(static (equal, id) => (equal.Key, id))
            .ToFrozenDictionary(static pair => pair.Key, static pair => pair.id, StringComparer.Ordinal);
        return [.. words.Select(word => ids.GetValueOrDefault(word, vocabulary - 1))];
    }
}
