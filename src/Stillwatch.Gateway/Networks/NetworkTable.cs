using System.Collections.Frozen;
using Stillwatch.Gateway.Configuration;
using Stillwatch.Interactions;

namespace Stillwatch.Gateway.Networks;

/// <summary>Countries, autonomous systems and classes of networks by address. Immutable, safe to use from many threads.</summary>
public sealed class NetworkTable
{
    private const int Letters = 26;

    /// <summary>All that two letters can say, so that a look-up makes no text.</summary>
    private static readonly string[] Countries =
    [
        .. from first in Enumerable.Range('A', Letters)
           from second in Enumerable.Range('A', Letters)
           select $"{(char)first}{(char)second}",
    ];

    private readonly NetworkOptions _options;
    private readonly IReadOnlyList<(string Path, DateTime Written, long Length)> _files;
    private readonly AddressTable _countries;
    private readonly AddressTable _systems;
    private readonly FrozenDictionary<uint, string> _classes;

    private NetworkTable(NetworkOptions options)
    {
        _options = options;
        _files = Stamps(options);
        _countries = Table(options.Countries, CountryNumber);
        _systems = Table(options.Systems, static text => uint.TryParse(text, out var number) ? number : 0);
        _classes = NetworkClassFile.Read(options.Classes);
    }

    /// <summary>Nothing is known.</summary>
    public static NetworkTable Empty { get; } = new(NetworkOptions.None);

    /// <summary>How many ranges of addresses, and systems with a class, there are.</summary>
    public (int Countries, int Systems, int Classes) Counts => (_countries.Count, _systems.Count, _classes.Count);

    /// <summary>Reads the files; those of a former reading that did not change are not read again.</summary>
    /// <exception cref="InvalidDataException">One of them cannot be read; the message says where and why.</exception>
    public static NetworkTable Load(NetworkOptions options, NetworkTable? before)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (options.IsEmpty)
        {
            return Empty;
        }

        try
        {
            return before is not null && before._options.Equals(options) && before._files.SequenceEqual(Stamps(options))
                ? before
                : new(options);
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            throw new InvalidDataException($"A file of networks cannot be read: {unreadable.Message}", unreadable);
        }
    }

    /// <summary>What is known of an address.</summary>
    public NetworkFacts Find(ClientAddress? address)
    {
        if (address is not { } known)
        {
            return default;
        }

        var (system, country) = (_systems.Find(known), _countries.Find(known));
        return new(system, country == 0 ? null : Countries[country - 1], system == 0 ? null : _classes.GetValueOrDefault(system));
    }

    private static uint CountryNumber(string text) =>
        text.Length == 2 && char.IsAsciiLetter(text[0]) && char.IsAsciiLetter(text[1])
            ? (uint)(((char.ToUpperInvariant(text[0]) - 'A') * Letters) + (char.ToUpperInvariant(text[1]) - 'A') + 1)
            : 0;

    private static AddressTable Table(IReadOnlyList<string> paths, Func<string, uint> valueOf) =>
        new(paths.SelectMany(path => path.EndsWith(".mmdb", StringComparison.OrdinalIgnoreCase)
            ? MmdbRanges.Read(path, valueOf)
            : CsvRanges.Read(path, valueOf)));

    private static List<(string Path, DateTime Written, long Length)> Stamps(NetworkOptions options) =>
    [
        .. options.Countries.Concat(options.Systems).Concat(options.Classes is { } path ? [path] : [])
            .Select(static path => new FileInfo(path))
            .Select(static file => (file.FullName, file.LastWriteTimeUtc, file.Length)),
    ];
}
