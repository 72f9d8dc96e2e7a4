using System.Globalization;

namespace Stillwatch.Store.Engine.Embedded;

/// <summary>What must be true of a directory before the engine opens it, each with a sentence for when it is not.</summary>
internal static class StoreDirectory
{
    /// <summary>Below this the engine cannot write its own small files, and fails in ways nobody understands.</summary>
    private const long LeastFreeBytes = 32L << 20;

    /// <summary>Locked (flock) by the engine that has the directory open; holds its process id.</summary>
    private const string LockFile = "status";

    private const string Metadata = "metadata";

    private static readonly string[] OwnEntries =
        ["data", "flags", Metadata, "metadata_dropped", LockFile, "store", "tmp", "user_scripts", "uuid"];

    /// <exception cref="StoreUnavailableException">The directory cannot be a store now.</exception>
    internal static void Prepare(string path)
    {
        try
        {
            Directory.CreateDirectory(path);
            ThrowIfOthers(path);
            ThrowIfFull(path);
            ThrowIfInUse(path);

            // libchdb starts its background work (dropping tables is some) only where it finds this directory, so not on the first opening.
            Directory.CreateDirectory(Path.Combine(path, Metadata));
            using var probe = File.OpenHandle(
                Path.Combine(path, "tmp.probe"), FileMode.Create, FileAccess.Write, FileShare.None, FileOptions.DeleteOnClose);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StoreUnavailableException(
                $"The directory '{path}' cannot be made or written ({e.Message}); give another with --store, or correct its permissions.",
                e);
        }
    }

    private static void ThrowIfOthers(string path)
    {
        var names = Directory.EnumerateFileSystemEntries(path).Select(Path.GetFileName).ToList();
        if (names.Count > 0 && !names.Exists(static name => OwnEntries.Contains(name)))
        {
            throw new StoreUnavailableException(
                $"The directory '{path}' holds other things ('{names.Order(StringComparer.Ordinal).First()}') and no store; " +
                "give an empty or new directory with --store.");
        }
    }

    private static void ThrowIfFull(string path)
    {
        var free = new DriveInfo(path).AvailableFreeSpace;
        if (free < LeastFreeBytes)
        {
            throw new StoreUnavailableException(string.Create(
                CultureInfo.InvariantCulture,
                $"The disk of the store '{path}' has {free >> 20} MiB left and the engine needs at least {LeastFreeBytes >> 20}; " +
                $"make room, or give a directory on another disk with --store."));
        }
    }

    /// <exception cref="StoreUnavailableException">Another process, or another part of this one, has the directory open.</exception>
    internal static void ThrowIfInUse(string path)
    {
        var file = Path.Combine(path, LockFile);
        if (!File.Exists(file))
        {
            return;
        }

        try
        {
            using var handle = File.OpenHandle(file, FileMode.Open, FileAccess.Read, FileShare.None);
        }
        catch (IOException e)
        {
            throw new StoreUnavailableException(
                $"The store '{path}' is in use by {Owner(file)}; wait until it ends, or give another directory with --store.", e);
        }
    }

    private static string Owner(string file) => LockedFile.FirstLine(file) is { } line && line.StartsWith("PID: ", StringComparison.Ordinal)
        ? $"process {line[5..].Trim()}"
        : "another process";
}
