using YamlDotNet.RepresentationModel;

namespace Stillwatch.Gateway.Configuration;

/// <summary>Collects what is wrong with one file.</summary>
internal sealed class FaultList(string file)
{
    private readonly List<ConfigurationFault> _faults = [];
    private readonly List<FaultList> _further = [];

    /// <summary>All of it, in the order of the file; then that of the files it names.</summary>
    public IReadOnlyList<ConfigurationFault> Sorted =>
        [.. _faults.OrderBy(static fault => fault.Line), .. _further.SelectMany(static list => list.Sorted)];

    /// <summary>Whether nothing is wrong.</summary>
    public bool IsEmpty => _faults.Count == 0 && _further.TrueForAll(static list => list.IsEmpty);

    /// <summary>Collects what is wrong with a file that this one names.</summary>
    public FaultList Of(string other)
    {
        var list = new FaultList(other);
        _further.Add(list);
        return list;
    }

    public void Add(YamlNode? at, string member, string message) => Add(at is null ? 0 : (int)at.Start.Line, member, message);

    public void Add(int line, string member, string message) => _faults.Add(new(file, line, member, message));
}
