using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Stillwatch.Gateway.Configuration;

/// <summary>Reads a configuration (docs/gateway.md) and says all that is wrong with it at once.</summary>
public static class ConfigurationFile
{
    /// <summary>The longest accepted file: 1 MiB.</summary>
    public const int MaxBytes = 1 << 20;

    /// <summary>Reads a file. Relative paths in it start from its directory.</summary>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be read.</exception>
    public static ConfigurationResult Read(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        if (file.Length > MaxBytes)
        {
            return new(null, [new(path, 0, "", $"it has {file.Length} bytes; accepted are {MaxBytes}.")], []);
        }

        using var reader = new StreamReader(file);
        return Parse(reader.ReadToEnd(), path);
    }

    /// <summary>Reads the text of a file.</summary>
    /// <param name="text">YAML.</param>
    /// <param name="path">The file it is from, for messages and relative paths.</param>
    public static ConfigurationResult Parse(string text, string path)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentException.ThrowIfNullOrEmpty(path);
        var faults = new FaultList(path);
        const string Needed = "it must be one document with the members listeners, keys, upstreams, models and observation.";
        if (Root(text, faults, Needed) is not { } root)
        {
            return new(null, faults.Sorted, []);
        }

        var files = new FurtherFiles(faults, Path.GetDirectoryName(Path.GetFullPath(path))!);
        var options = new OptionsReader(new(faults, string.Empty, root), files).Read();
        return new(faults.IsEmpty ? options with { FurtherFiles = files.Paths } : null, faults.Sorted, files.Paths);
    }

    /// <summary>The mapping that a text of YAML is; null with a fault if it is none.</summary>
    internal static YamlMappingNode? Root(string text, FaultList faults, string needed)
    {
        try
        {
            var yaml = new YamlStream();
            yaml.Load(new StringReader(text));
            if (yaml.Documents is [{ RootNode: YamlMappingNode root }])
            {
                return root;
            }

            faults.Add(1, "", needed);
        }
        catch (YamlException broken)
        {
            faults.Add((int)broken.Start.Line, "", $"it is no YAML: {broken.InnerException?.Message ?? broken.Message}");
        }
        catch (Exception broken) when (broken is InvalidOperationException or ArgumentException)
        {
            // The parser loses its way in some texts and says no more than that.
            faults.Add(1, "", "it is no YAML: a list or mapping is not closed.");
        }

        return null;
    }
}
