using YamlDotNet.RepresentationModel;

namespace Stillwatch.Gateway.Configuration;

/// <summary>Collects what is wrong with one file.</summary>
internal sealed class FaultList(string file)
{
    private readonly List<ConfigurationFault> _faults = [];

    /// <summary>All of it, in the order of the file.</summary>
    public IReadOnlyList<ConfigurationFault> Sorted => [.. _faults.OrderBy(static fault => fault.Line)];

    /// <summary>Whether nothing is wrong.</summary>
    public bool IsEmpty => _faults.Count == 0;

    public void Add(YamlNode? at, string member, string message) => Add(at is null ? 0 : (int)at.Start.Line, member, message);

    public void Add(int line, string member, string message) => _faults.Add(new(file, line, member, message));
}
