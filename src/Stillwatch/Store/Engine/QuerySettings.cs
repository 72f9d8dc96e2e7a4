using System.Globalization;

namespace Stillwatch.Store.Engine;

/// <summary>
/// Settings of one statement (max_memory_usage, max_threads, max_bytes_before_external_group_by, …), the same on both transports.
/// Immutable.
/// </summary>
public sealed class QuerySettings
{
    private readonly Dictionary<string, (string Value, bool Optional)> _values;

    private QuerySettings(Dictionary<string, (string Value, bool Optional)> values) => _values = values;

    /// <summary>No setting: what the server or the embedded engine has by default.</summary>
    public static QuerySettings None { get; } = new([]);

    /// <summary>These settings and one more, which the engine must know.</summary>
    /// <exception cref="ArgumentException">The name is no identifier.</exception>
    public QuerySettings With(string name, long value) => With(name, value.ToString(CultureInfo.InvariantCulture));

    /// <inheritdoc cref="With(string, long)"/>
    public QuerySettings With(string name, string value) => Plus(name, value, optional: false);

    /// <summary>These settings and one more, which is left out where the connected version does not know it.</summary>
    /// <inheritdoc cref="With(string, long)" path="/exception"/>
    public QuerySettings WithOptional(string name, long value) => WithOptional(name, value.ToString(CultureInfo.InvariantCulture));

    /// <inheritdoc cref="WithOptional(string, long)"/>
    public QuerySettings WithOptional(string name, string value) => Plus(name, value, optional: true);

    /// <summary>These settings and the others; of a name in both, the other's value counts.</summary>
    public QuerySettings With(QuerySettings others)
    {
        ArgumentNullException.ThrowIfNull(others);
        var values = new Dictionary<string, (string Value, bool Optional)>(_values, StringComparer.Ordinal);
        foreach (var (name, value) in others._values)
        {
            values[name] = value;
        }

        return new(values);
    }

    /// <summary>What is sent to an engine that knows the named settings.</summary>
    internal Dictionary<string, string> Resolve(IReadOnlySet<string> known)
    {
        var resolved = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, (value, optional)) in _values)
        {
            if (!optional || known.Contains(name))
            {
                resolved[name] = value;
            }
        }

        return resolved;
    }

    private QuerySettings Plus(string name, string value, bool optional)
    {
        ArgumentNullException.ThrowIfNull(value);
        var values = new Dictionary<string, (string Value, bool Optional)>(_values, StringComparer.Ordinal)
        {
            [SqlIdentifier.Of(name).Name] = (value, optional),
        };
        return new(values);
    }
}
