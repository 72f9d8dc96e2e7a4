namespace Stillwatch.Gateway.Configuration;

/// <summary>The files that a configuration names and is read from as well.</summary>
/// <param name="faults">Takes what is wrong with the configuration.</param>
/// <param name="directory">Where relative paths start.</param>
internal sealed class FurtherFiles(FaultList faults, string directory)
{
    private readonly List<string> _paths = [];

    /// <summary>All of them, as far as they were named; also those that are not there.</summary>
    public IReadOnlyList<string> Paths => _paths;

    /// <summary>A path as it is from anywhere.</summary>
    public string? FullPath(string? path) => path is null ? null : Path.GetFullPath(path, directory);

    /// <summary>The path of a file that is named; it is among <see cref="Paths"/> from then on.</summary>
    public string Named(string path)
    {
        _paths.Add(FullPath(path)!);
        return _paths[^1];
    }

    /// <summary>Takes what is wrong with a file.</summary>
    public FaultList FaultsOf(string path) => faults.Of(path);

    /// <summary>Reads a file that a member names; null where it is absent or the file cannot be read, which is a fault.</summary>
    /// <param name="members">Where the member is.</param>
    /// <param name="member">The member.</param>
    /// <param name="required">Whether it is a fault if the member is absent.</param>
    /// <param name="read">Reads; null with faults of its own if it could not.</param>
    public T? Read<T>(MappingReader members, string member, bool required, Func<string, T?> read)
        where T : class
    {
        if (FullPath(members.Text(member, required)) is not { } path)
        {
            return null;
        }

        _paths.Add(path);
        try
        {
            return read(path);
        }
        catch (Exception missing) when (missing is FileNotFoundException or DirectoryNotFoundException)
        {
            members.Fault(member, $"there is no file {path}.");
        }
        catch (Exception unusable) when (unusable is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            members.Fault(member, $"{path} cannot be read: {unusable.Message}");
        }

        return null;
    }
}
