using Stillwatch.Evidence.TransparencyLog.Storage;
using Stillwatch.Evidence.TransparencyLog.Tiles;

namespace Stillwatch.Evidence.TransparencyLog;

/// <summary>Tiles and bundles beyond the committed tree, which a writer that died before its commit has left.</summary>
/// <remarks>
/// No checkpoint names them. Had they stayed, the log would have later been served with a partial tile that is not the beginning of
/// the full one. Their removal is on the disk before the log goes on.
/// </remarks>
internal sealed class UncommittedTiles(IFileOperations files, string root, ulong size)
{
    /// <summary>Removes them, as far beyond the tree as a batch may have gone.</summary>
    public void Remove(int maxBatchEntries)
    {
        var end = size + (ulong)Math.Max(maxBatchEntries, LogOptions.DefaultMaxBatchEntries);
        for (var level = 0; level == 0 || TilePath.HasLevel(end, level); level++)
        {
            var last = TilePath.Count(end, level) / TilePath.FullWidth;
            var edge = TilePath.Count(size, level) / TilePath.FullWidth;
            List<string> beyond = [.. Range(edge, last).Select(index => TilePath.OfHashes(level, index, TilePath.FullWidth))];
            if (level == 0)
            {
                beyond.AddRange(Range(edge, last).Select(index => TilePath.OfEntries(index, TilePath.FullWidth)));
            }

            RemoveFull(beyond);
            foreach (var full in beyond)
            {
                var isEdge = full == beyond[0] || full == TilePath.OfEntries(edge, TilePath.FullWidth);
                RemovePartials(full, isEdge ? TilePath.PartialWidth(size, level) : 0);
            }
        }
    }

    private static IEnumerable<ulong> Range(ulong first, ulong last)
    {
        for (var index = first; index <= last; index++)
        {
            yield return index;
        }
    }

    private void RemoveFull(IEnumerable<string> paths)
    {
        foreach (var directory in paths.GroupBy(path => Path.GetDirectoryName(Path.Combine(root, path))!))
        {
            var names = directory.Select(path => Path.GetFileName(path)).ToHashSet();
            RemoveAmong(directory.Key, names.Contains);
        }
    }

    /// <summary>Removes the partial forms that are wider than the tree has it.</summary>
    private void RemovePartials(string full, int width) =>
        RemoveAmong(Path.Combine(root, TilePath.Partials(full)), name => !(Checkpoint.ParseDecimal(name) <= (ulong)width));

    private void RemoveAmong(string directory, Func<string, bool> isLeft)
    {
        if (!files.DirectoryExists(directory))
        {
            return;
        }

        var left = files.List(directory).Where(isLeft).ToList();
        left.ForEach(name => files.Delete(Path.Combine(directory, name)));
        if (left.Count > 0)
        {
            files.FlushDirectory(directory);
        }
    }
}
