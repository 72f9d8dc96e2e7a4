using System.Security.Cryptography;

namespace Stillwatch.Evidence.Sharing.Taxii.Storage;

/// <summary>
/// UUIDs of version 4 (RFC 9562, 5.4) from the system's generator, for what names a request and nothing a finding rests on.
/// </summary>
internal static class RandomUuid
{
    public static Guid Next()
    {
        var bytes = RandomNumberGenerator.GetBytes(16);
        bytes[6] = (byte)((bytes[6] & 0x0f) | 0x40);
        bytes[8] = (byte)((bytes[8] & 0x3f) | 0x80);
        return new Guid(bytes, bigEndian: true);
    }
}
