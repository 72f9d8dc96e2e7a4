using System.Buffers;
using System.Collections.Frozen;

namespace Stillwatch.Store.Engine;

/// <summary>
/// What the connected ClickHouse can do beyond the common subset of 18.16 and 26.x. Queries keep to the subset; table definitions and
/// settings ask here. A capability is claimed from the first version in which it needs no experimental setting, or a later one.
/// </summary>
public sealed class EngineCapabilities
{
    private static readonly SearchValues<char> VersionCharacters = SearchValues.Create("0123456789.");
    private static readonly Version Codecs = new(19, 17);
    private static readonly Version Ttl = new(19, 17);
    private static readonly Version LowCardinality = new(20, 3);
    private static readonly Version Times64 = new(20, 8);
    private static readonly Version SynchronousDrop = new(21, 8);
    private static readonly Version WindowFunctions = new(21, 12);
    private static readonly Version LightweightDeletes = new(23, 3);

    internal EngineCapabilities(Version version, IEnumerable<string> settings)
    {
        Version = version;
        Settings = settings.ToFrozenSet(StringComparer.Ordinal);
    }

    /// <summary>The version, as in <c>SELECT version()</c>.</summary>
    public Version Version { get; }

    /// <summary>The names of the settings a statement may have.</summary>
    public IReadOnlySet<string> Settings { get; }

    /// <summary>Compression per column: <c>CODEC(Delta, ZSTD)</c>.</summary>
    public bool HasColumnCodecs => Version >= Codecs;

    /// <summary>Rows that expire: <c>TTL expression</c> of a table.</summary>
    public bool HasTimeToLive => Version >= Ttl;

    /// <summary>Dictionary-coded columns: <c>LowCardinality(String)</c>.</summary>
    public bool HasLowCardinality => Version >= LowCardinality;

    /// <summary>The type DateTime64.</summary>
    public bool HasDateTime64 => Version >= Times64;

    /// <summary>
    /// <c>DROP … SYNC</c>, which gives the disk space back at once; older versions do so always, and do not know the word.
    /// </summary>
    public bool HasSynchronousDrop => Version >= SynchronousDrop;

    /// <summary><c>function() OVER (…)</c>.</summary>
    public bool HasWindowFunctions => Version >= WindowFunctions;

    /// <summary><c>DELETE FROM table WHERE …</c> on a MergeTree; older versions have <c>ALTER TABLE … DELETE</c> only.</summary>
    public bool HasLightweightDeletes => Version >= LightweightDeletes;

    /// <summary>Reads a version such as "18.16.1" or "26.5.1.1"; what follows the fourth number or a letter is left out.</summary>
    internal static Version ParseVersion(ReadOnlySpan<char> text)
    {
        var length = text.IndexOfAnyExcept(VersionCharacters);
        var digits = (length < 0 ? text : text[..length]).TrimEnd('.');
        return Version.TryParse(digits, out var version)
            ? version
            : throw new StoreUnavailableException(
                $"The server at the store address says its version is '{text}', which no ClickHouse has; check host and port.");
    }
}
