using System.Globalization;
using System.Text;
using Stillwatch.Evidence.Signing;

namespace Stillwatch.Evidence.TransparencyLog.Proofs;

/// <summary>Reads policy files. Names are octets, not text, so they are kept as Latin-1 and only keys are read as UTF-8.</summary>
internal sealed class TrustPolicyParser
{
    /// <summary>The quorum that asks for no witness.</summary>
    public const string None = "none";

    private const int MaxBytes = 1_000_000;
    private const int MaxDefinitions = 1024;

    private readonly List<PolicyLog> _logs = [];
    private readonly List<PolicyWitness> _witnesses = [];
    private readonly List<PolicyGroup> _groups = [];
    private readonly HashSet<string> _names = [None];
    private readonly HashSet<string> _members = [];
    private string? _quorum;

    public TrustPolicy Parse(ReadOnlySpan<byte> file)
    {
        if (file.Length > MaxBytes)
        {
            throw new InvalidDataException($"The policy has {file.Length} bytes; at most {MaxBytes} are read.");
        }

        var lines = Encoding.Latin1.GetString(file).Split('\n');
        for (var number = 1; number <= lines.Length; number++)
        {
            if (Fault(lines[number - 1]) is { } fault)
            {
                throw new InvalidDataException($"Line {number} of the policy: {fault}");
            }
        }

        return new(_logs, _witnesses, _groups, _quorum ?? throw new InvalidDataException("The policy has no quorum line."));
    }

    /// <summary>Takes one line; says what is wrong with it.</summary>
    private string? Fault(string line)
    {
        if (line.Any(static c => c is (< ' ' and not '\t') or '\x7F'))
        {
            return "control characters are not allowed.";
        }

        var items = line.Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries);
        return items switch
        {
            [] => null,
            [var first, ..] when first[0] == '#' => null,
            _ when _logs.Count + _witnesses.Count + _groups.Count >= MaxDefinitions => $"at most {MaxDefinitions} definitions are read.",
            ["log", var vkey] => AddLog(vkey, null),
            ["log", var vkey, var url] => AddLog(vkey, url),
            ["witness", var name, var vkey] => AddWitness(name, vkey, null),
            ["witness", var name, var vkey, var url] => AddWitness(name, vkey, url),
            ["group", var name, var threshold, .. var members] => AddGroup(name, threshold, members),
            ["quorum", var name] => SetQuorum(name),
            _ => "it is none of: log VKEY [URL], witness NAME VKEY [URL], group NAME K|any|all MEMBER..., quorum NAME|none.",
        };
    }

    private string? AddLog(string vkey, string? url)
    {
        if (ReadKey(vkey, NoteKeyType.Ed25519, "log", out var key) is { } fault)
        {
            return fault;
        }

        if (_logs.Any(log => IsSame(log.Key, key!)))
        {
            return "this log's key was given before.";
        }

        _logs.Add(new(key!, url));
        return null;
    }

    private string? AddWitness(string name, string vkey, string? url)
    {
        if (ReadKey(vkey, NoteKeyType.Cosignature, "witness", out var key) is { } fault)
        {
            return fault;
        }

        if (_witnesses.Any(witness => IsSame(witness.Key, key!)))
        {
            return "this witness's key was given before.";
        }

        _witnesses.Add(new(name, key!, url));
        return Define(name);
    }

    private string? AddGroup(string name, string threshold, string[] members)
    {
        var needed = threshold switch
        {
            "any" => 1UL,
            "all" => (ulong)members.Length,
            _ => Checkpoint.ParseDecimal(threshold) ?? 0,
        };
        if (members.Length == 0 || needed < 1 || needed > (ulong)members.Length)
        {
            return string.Create(CultureInfo.InvariantCulture, $"of {members.Length} members, '{threshold}' cannot be required.");
        }

        foreach (var member in members)
        {
            if (member == None || !_names.Contains(member))
            {
                return $"'{member}' is not defined above.";
            }

            if (!_members.Add(member))
            {
                return $"'{member}' is a member of a group already.";
            }
        }

        _groups.Add(new(name, (int)needed, members));
        return Define(name);
    }

    private string? SetQuorum(string name)
    {
        if (_quorum is not null)
        {
            return "there is a quorum line above.";
        }

        _quorum = name;
        return _names.Contains(name) ? null : $"'{name}' is not defined above.";
    }

    private string? Define(string name) => _names.Add(name) ? null : $"'{name}' is defined already.";

    private static string? ReadKey(string octets, NoteKeyType type, string what, out NoteVerifierKey? key)
    {
        var vkey = Encoding.UTF8.GetString(Encoding.Latin1.GetBytes(octets));
        if (!NoteVerifierKey.TryParse(vkey, out key, out var fault))
        {
            return fault;
        }

        return key.Type == type ? null : $"the key {key.Name} is of type 0x{(byte)key.Type:x2}; a {what} has 0x{(byte)type:x2}.";
    }

    private static bool IsSame(NoteVerifierKey one, NoteVerifierKey other) => one.PublicKey.Bytes.SequenceEqual(other.PublicKey.Bytes);
}
