using System.Net;
using YamlDotNet.RepresentationModel;

namespace Stillwatch.Gateway.Configuration;

/// <summary>Reads the members of one mapping; what is wrong is noted, and reading goes on with the default.</summary>
/// <param name="faults">Takes what is wrong.</param>
/// <param name="path">The path of the mapping; empty for the root.</param>
/// <param name="node">The mapping.</param>
internal sealed class MappingReader(FaultList faults, string path, YamlMappingNode node)
{
    private readonly HashSet<string> _known = new(StringComparer.Ordinal);

    /// <summary>Where the mapping stands, for faults of the whole.</summary>
    public YamlMappingNode Node => node;

    /// <summary>Takes what is wrong.</summary>
    public FaultList Faults => faults;

    /// <summary>The path of a member.</summary>
    public string PathOf(string member) => path.Length == 0 ? member : $"{path}.{member}";

    /// <summary>Notes a fault of a member.</summary>
    public void Fault(string member, string message) => faults.Add(Find(member) ?? node, PathOf(member), message);

    /// <summary>A text; null where it is absent.</summary>
    public string? Text(string member, bool required = false)
    {
        switch (Member(member))
        {
            case YamlScalarNode { Value: { Length: > 0 } value }:
                return value;
            case null when !required:
                return null;
            case null:
                faults.Add(node, PathOf(member), "it is missing.");
                return null;
            case var other:
                faults.Add(other, PathOf(member), other is YamlScalarNode ? "it is empty." : "it must be a single value.");
                return null;
        }
    }

    /// <summary>true or false.</summary>
    public bool Flag(string member, bool otherwise = false)
    {
        switch (Text(member))
        {
            case null:
                return otherwise;
            case "true":
                return true;
            case "false":
                return false;
            case var other:
                Fault(member, $"'{other}' is neither true nor false.");
                return otherwise;
        }
    }

    /// <summary>A size within a range.</summary>
    public long Size(string member, long otherwise, long least, long most)
    {
        if (Text(member) is not { } text)
        {
            return otherwise;
        }

        if (Quantity.TrySize(text, out var bytes) && bytes >= least && bytes <= most)
        {
            return bytes;
        }

        Fault(member, $"'{text}' is no size from {Quantity.Size(least)} to {Quantity.Size(most)}; write it as 8MiB.");
        return otherwise;
    }

    /// <summary>A whole number within a range.</summary>
    public int Count(string member, int otherwise, int least, int most)
    {
        if (Text(member) is not { } text)
        {
            return otherwise;
        }

        if (int.TryParse(text, System.Globalization.CultureInfo.InvariantCulture, out var count) && count >= least && count <= most)
        {
            return count;
        }

        Fault(member, $"'{text}' is no whole number from {least} to {most}.");
        return otherwise;
    }

    /// <summary>An amount in units, given in millionths of one.</summary>
    public long Millionths(string member, long otherwise, long most)
    {
        if (Text(member) is not { } text)
        {
            return otherwise;
        }

        var isNumber = decimal.TryParse(
            text, System.Globalization.NumberStyles.AllowDecimalPoint, System.Globalization.CultureInfo.InvariantCulture, out var amount);
        if (isNumber && amount <= most / 1_000_000m && decimal.Truncate(amount * 1_000_000m) == amount * 1_000_000m)
        {
            return (long)(amount * 1_000_000m);
        }

        Fault(member, $"'{text}' is no amount from 0 to {most / 1_000_000} with at most six decimals; write it as 2.50.");
        return otherwise;
    }

    /// <summary>One of the values of an enumeration, in small letters with underscores.</summary>
    public T OneOf<T>(string member)
        where T : struct, Enum => Text(member, required: true) is { } text ? Value<T>(text, Find(member)!, PathOf(member)) : default;

    /// <summary>Several values of an enumeration of flags.</summary>
    public T AnyOf<T>(string member)
        where T : struct, Enum
    {
        var all = Texts(member).Aggregate(0, (all, item) => all | Convert.ToInt32(Value<T>(item.Text, item.Node, item.Path), null));
        return (T)Enum.ToObject(typeof(T), all);
    }

    /// <summary>A duration within a range.</summary>
    public TimeSpan Duration(string member, TimeSpan otherwise, TimeSpan least, TimeSpan most)
    {
        if (Text(member) is not { } text)
        {
            return otherwise;
        }

        if (Quantity.TryDuration(text, out var length) && length >= least && length <= most)
        {
            return length;
        }

        Fault(member, $"'{text}' is no duration from {Quantity.Duration(least)} to {Quantity.Duration(most)}; write it as 30s, 5m or 1h.");
        return otherwise;
    }

    /// <summary>An address and a port.</summary>
    public IPEndPoint? EndPoint(string member, bool required)
    {
        if (Text(member, required) is not { } text)
        {
            return null;
        }

        var hasPort = text.LastIndexOf(':') is > 0 and var colon && colon < text.Length - 1 && char.IsAsciiDigit(text[colon + 1])
            && (!text.AsSpan(0, colon).Contains(':') || text[0] == '[');
        if (hasPort && IPEndPoint.TryParse(text, out var endpoint))
        {
            return endpoint;
        }

        Fault(member, $"'{text}' is no address with a port; write it as 127.0.0.1:8080 or [::1]:8080.");
        return null;
    }

    /// <summary>A mapping; null where it is absent.</summary>
    public MappingReader? Mapping(string member)
    {
        switch (Member(member))
        {
            case null:
                return null;
            case YamlMappingNode mapping:
                return new(faults, PathOf(member), mapping);
            case var other:
                faults.Add(other, PathOf(member), "it must hold members of its own.");
                return null;
        }
    }

    /// <summary>The mappings in a list.</summary>
    public IEnumerable<MappingReader> Mappings(string member)
    {
        foreach (var (item, at) in Items(member))
        {
            if (item is YamlMappingNode mapping)
            {
                yield return new(faults, at, mapping);
            }
            else
            {
                faults.Add(item, at, "it must hold members of its own.");
            }
        }
    }

    /// <summary>The texts in a list, each with where it stands.</summary>
    public IEnumerable<(string Text, YamlNode Node, string Path)> Texts(string member)
    {
        foreach (var (item, at) in Items(member))
        {
            if (item is YamlScalarNode { Value: { Length: > 0 } value })
            {
                yield return (value, item, at);
            }
            else
            {
                faults.Add(item, at, "it must be a single value.");
            }
        }
    }

    /// <summary>The named mappings in this mapping.</summary>
    public IEnumerable<(string Name, MappingReader Members)> Entries()
    {
        foreach (var (key, value) in node.Children)
        {
            var name = (key as YamlScalarNode)?.Value ?? string.Empty;
            _known.Add(name);
            if (value is YamlMappingNode mapping && name.Length > 0)
            {
                yield return (name, new(faults, PathOf(name), mapping));
            }
            else
            {
                faults.Add(value, PathOf(name), "it must have a name and members of its own.");
            }
        }
    }

    /// <summary>Whether a member is given.</summary>
    public bool Has(string member) => Member(member) is not null;

    /// <summary>Notes every member that nobody asked for.</summary>
    public void Finish()
    {
        foreach (var (key, _) in node.Children)
        {
            var name = (key as YamlScalarNode)?.Value ?? string.Empty;
            if (!_known.Contains(name))
            {
                faults.Add(key, PathOf(name),
                    $"there is no such member; accepted are {string.Join(", ", _known.Order(StringComparer.Ordinal))}.");
            }
        }
    }

    private T Value<T>(string text, YamlNode at, string place)
        where T : struct, Enum
    {
        foreach (var value in Enum.GetValues<T>())
        {
            if (NameOf(value) == text && (Convert.ToInt32(value, null) != 0 || !typeof(T).IsDefined(typeof(FlagsAttribute), false)))
            {
                return value;
            }
        }

        var isFlags = typeof(T).IsDefined(typeof(FlagsAttribute), false);
        var names = Enum.GetValues<T>().Where(value => Convert.ToInt32(value, null) != 0 || !isFlags);
        faults.Add(at, place, $"'{text}' is none of {string.Join(", ", names.Select(NameOf))}.");
        return default;
    }

    /// <summary>How a value is written.</summary>
    public static string NameOf<T>(T value)
        where T : struct, Enum => System.Text.Json.JsonNamingPolicy.SnakeCaseLower.ConvertName(value.ToString());

    private IEnumerable<(YamlNode Item, string Path)> Items(string member)
    {
        switch (Member(member))
        {
            case null:
                return [];
            case YamlSequenceNode list:
                return list.Children.Select((item, i) => (item, $"{PathOf(member)}[{i}]"));
            case var other:
                faults.Add(other, PathOf(member), "it must be a list.");
                return [];
        }
    }

    private YamlNode? Member(string member)
    {
        _known.Add(member);
        var found = Find(member);
        var isNull = found is YamlScalarNode { Value: null or "" or "null" or "~", Style: YamlDotNet.Core.ScalarStyle.Plain };
        return isNull ? null : found;
    }

    private YamlNode? Find(string member) => node.Children.TryGetValue(new YamlScalarNode(member), out var found) ? found : null;
}
