using MaxMind.Db;
using Stillwatch.Gateway.Identity;

namespace Stillwatch.Gateway.Networks;

/// <summary>Reads ranges of addresses from a database in MaxMind's format.</summary>
/// <remarks>
/// What is said of a network is looked for under the names that are in use: <c>country_code</c>, or <c>iso_code</c> within
/// <c>country</c>; <c>autonomous_system_number</c>, or <c>asn</c> (with or without AS before it).
/// </remarks>
internal static class MmdbRanges
{
    private const string SystemNumber = "autonomous_system_number";
    private const int AddressBits = 128;

    /// <summary>Reads a file; networks of which it does not say what is looked for are left out.</summary>
    /// <exception cref="InvalidDataException">It is no such database.</exception>
    public static IEnumerable<AddressRange> Read(string path, Func<string, uint> valueOf)
    {
        using var database = Open(path);
        foreach (var node in database.FindAll<Dictionary<string, object>>())
        {
            if (ValueOf(node.Data, valueOf) is not 0 and var value)
            {
                var first = ForwardedClient.ToClientAddress(node.Start)!.Value;
                var prefix = node.PrefixLength + (first.IsIPv4 && node.PrefixLength <= 32 ? AddressBits - 32 : 0);
                var size = prefix == 0 ? UInt128.MaxValue : (UInt128.One << (AddressBits - prefix)) - 1;
                yield return new(first, new(first.Bits | size), value);
            }
        }
    }

    private static Reader Open(string path)
    {
        try
        {
            return new Reader(path, FileAccessMode.Memory);
        }
        catch (InvalidDatabaseException broken)
        {
            throw new InvalidDataException($"{Path.GetFullPath(path)}: no database in MaxMind's format: {broken.Message}", broken);
        }
    }

    private static uint ValueOf(Dictionary<string, object>? data, Func<string, uint> valueOf)
    {
        var found = data?.GetValueOrDefault("country_code") ?? data?.GetValueOrDefault(SystemNumber) ?? data?.GetValueOrDefault("asn");
        if (found is null && data?.GetValueOrDefault("country") is { } country)
        {
            found = country is Dictionary<string, object> members ? members.GetValueOrDefault("iso_code") : country;
        }

        var text = found?.ToString();
        return text is null ? 0 : valueOf(text.StartsWith("AS", StringComparison.Ordinal) && text.Length > 2 ? text[2..] : text);
    }
}
