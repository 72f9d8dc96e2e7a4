using System.Text;

namespace Stillwatch.Tests.Interactions;

/// <summary>Damages bytes the way disks, networks and attackers do, replayable from a seed.</summary>
internal sealed class Mutation(int seed)
{
    private static readonly string[] Hostile =
    [
        "{", "}", "[", "]", "\"", "\\", ",", ":", "\\u", "\\ud800", "\\udc00\\ud800", "null", "true", "-", "1e999", "-1",
        "99999999999999999999", "\0", "\u0001", "\r", "\u2028", "\uFEFF", "\"time\":\"\",",
        "\"account\":{},", "\"request\":{\"messages\":[[[", "{\"role\":{\"content\":[", "\"messages\":\"[{\\\"role\\\":",
        "{\"key\":\"gen_ai.prompt.0.content\",\"value\":{\"kvlistValue\":{\"values\":[{", "\"\"", "\",\"", ";", "\t", "\\N",
    ];

    private readonly Random _random = new(seed);

    /// <summary>A number below a bound.</summary>
    public int Below(int bound) => _random.Next(bound);

    /// <summary>The bytes after one to four injuries.</summary>
    public byte[] Apply(byte[] bytes)
    {
        for (var i = _random.Next(1, 5); i > 0; i--)
        {
            bytes = Injure(bytes, _random.Next(bytes.Length + 1));
        }

        return bytes;
    }

    private byte[] Injure(byte[] bytes, int at)
    {
        var to = Math.Min(bytes.Length, at + _random.Next(1, 40));
        switch (_random.Next(8))
        {
            case 0 when at < bytes.Length:
                var flipped = (byte[])bytes.Clone();
                flipped[at] ^= (byte)(1 << _random.Next(8));
                return flipped;
            case 1:
                return bytes[..at];
            case 2:
                return [.. bytes[..at], .. bytes[to..]];
            case 3:
                return [.. bytes[..to], .. bytes[at..]];
            case 4:
                var noise = new byte[_random.Next(1, 9)];
                _random.NextBytes(noise);
                return [.. bytes[..at], .. noise, .. bytes[at..]];
            case 5:
                var deep = string.Concat(Enumerable.Repeat(Hostile[_random.Next(Hostile.Length)], _random.Next(1, 200)));
                return [.. bytes[..at], .. Encoding.UTF8.GetBytes(deep), .. bytes[at..]];
            default:
                return [.. bytes[..at], .. Encoding.UTF8.GetBytes(Hostile[_random.Next(Hostile.Length)]), .. bytes[at..]];
        }
    }
}
