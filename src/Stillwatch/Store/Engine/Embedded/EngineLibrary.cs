using System.Runtime.InteropServices;

namespace Stillwatch.Store.Engine.Embedded;

/// <summary>Where libchdb.so is: the environment variable STILLWATCH_LIBCHDB, or the npm package beside or above the program.</summary>
internal static class EngineLibrary
{
    internal const string Variable = "STILLWATCH_LIBCHDB";

    private const string InPackage = "node_modules/@chdb/lib-linux-x64-gnu/libchdb.so";

    /// <exception cref="StoreUnavailableException">The platform has no libchdb, or it is not installed.</exception>
    internal static string Find(string startDirectory, Func<string, string?> environment)
    {
        ThrowIfUnsupported(OperatingSystem.IsLinux(), RuntimeInformation.OSArchitecture, RuntimeInformation.RuntimeIdentifier);
        if (environment(Variable) is { Length: > 0 } named)
        {
            return File.Exists(named)
                ? Path.GetFullPath(named)
                : throw new StoreUnavailableException(
                    $"There is no file '{named}', which {Variable} names as the embedded engine; correct or unset it.");
        }

        return Above(startDirectory) ?? throw new StoreUnavailableException(
            $"The embedded engine is not installed: no {InPackage} in '{startDirectory}' or above it; " +
            $"run 'npm ci' where package.json is, set {Variable} to the path of libchdb.so, " +
            $"or give a server with --store http://host:8123/{StoreAddress.DefaultDatabase}.");
    }

    internal static void ThrowIfUnsupported(bool isLinux, Architecture architecture, string runtime)
    {
        if (!isLinux || architecture != Architecture.X64 || runtime.Contains("musl", StringComparison.Ordinal))
        {
            throw new StoreUnavailableException(
                $"The embedded engine runs on Linux x86-64 with glibc, not on {runtime}; give a ClickHouse server instead, with " +
                $"--store http://host:8123/{StoreAddress.DefaultDatabase}.");
        }
    }

    private static string? Above(string startDirectory)
    {
        for (var directory = new DirectoryInfo(startDirectory); directory is not null; directory = directory.Parent)
        {
            var candidate = Path.Combine(directory.FullName, InPackage);
            if (File.Exists(candidate))
            {
                return candidate;
            }
        }

        return null;
    }
}
