using System.Globalization;
using Stillwatch.Simulation.Grammar;
using Stillwatch.Simulation.Randomness;

namespace Stillwatch.Simulation.Networks;

/// <summary>
/// Client programs in all their versions. A few libraries cover most accounts; a program's TLS fingerprint is that of its TLS stack, so
/// unlike programs share one, and one program has few. The hashes inside the fingerprints are made up.
/// </summary>
internal sealed class ClientCatalogue
{
    private const string ProgramsResource = "Stillwatch.Simulation.Networks.Resources.clients.txt";
    private const string StacksResource = "Stillwatch.Simulation.Networks.Resources.tls.txt";

    private readonly List<ClientProgram> _programs = [];
    private readonly List<double> _weights = [];
    private readonly Dictionary<string, string[]> _stacks;
    private readonly WeightedChoice[] _byKind;

    public ClientCatalogue()
    {
        _stacks = Lines(StacksResource).Select(line => line.Split(' '))
            .GroupBy(fields => fields[0]).ToDictionary(group => group.Key, group => group.Select(Fingerprint).ToArray());
        foreach (var fields in Lines(ProgramsResource).Select(line => line.Split('|')))
        {
            AddVersions(fields);
        }

        _byKind = [.. Enum.GetValues<ClientKind>().Where(kind => kind != ClientKind.Named).Select(ChoiceOf)];
    }

    public ClientProgram this[int index] => _programs[index];

    /// <summary>Index of a program of the kind, popular ones and their middle versions first.</summary>
    public ushort Draw(ClientKind kind, ref RandomStream stream) => (ushort)_byKind[(int)kind].Draw(ref stream);

    /// <summary>Adds a program that names itself and uses the TLS stack of one of the libraries.</summary>
    public ushort AddNamed(string userAgent, ref RandomStream stream)
    {
        var library = this[Draw(ClientKind.Sdk, ref stream)];
        _programs.Add(new ClientProgram(ClientKind.Named, userAgent, library.Ja4));
        return (ushort)(_programs.Count - 1);
    }

    private void AddVersions(string[] fields)
    {
        var versions = fields[3].Split(' ');
        var stacks = _stacks[fields[4]];
        for (var version = 0; version < versions.Length; version++)
        {
            for (var stack = 0; stack < stacks.Length; stack++)
            {
                _programs.Add(new ClientProgram(
                    Enum.Parse<ClientKind>(fields[0], true),
                    fields[2].Replace("{0}", versions[version], StringComparison.Ordinal),
                    stacks[stack]));
                _weights.Add(Share(fields[1], version, versions.Length) / (stack + 1));
            }
        }
    }

    // The newest but one version is the most used.
    private static double Share(string weight, int version, int versions) =>
        double.Parse(weight, CultureInfo.InvariantCulture) / (1 + Math.Abs(versions - 2 - version));

    private WeightedChoice ChoiceOf(ClientKind kind) =>
        new(_programs.Zip(_weights, (program, weight) => program.Kind == kind ? weight : 0));

    private static string Fingerprint(string[] stack)
    {
        var stream = new RandomStream(StableHash.Of(stack[1]), StreamPurpose.Client);
        var (ciphers, extensions) = (stream.Next() & 0xffff_ffff_ffff, stream.Next() & 0xffff_ffff_ffff);
        return string.Create(CultureInfo.InvariantCulture, $"{stack[1]}_{ciphers:x12}_{extensions:x12}");
    }

    private static IEnumerable<string> Lines(string resource) =>
        EmbeddedText.Read(resource).Split('\n').Where(line => line.Length > 0 && line[0] != '#');
}
