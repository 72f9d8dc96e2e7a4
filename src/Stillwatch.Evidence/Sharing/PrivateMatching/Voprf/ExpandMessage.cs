using System.Security.Cryptography;

namespace Stillwatch.Evidence.Sharing.PrivateMatching.Voprf;

/// <summary>expand_message_xmd with SHA-256: uniformly random bytes from a message (RFC 9380, 5.3.1).</summary>
internal static class ExpandMessage
{
    private const int DigestBytes = 32;
    private const int BlockBytes = 64;
    private const int MaxTagBytes = 255;

    /// <param name="message">The message.</param>
    /// <param name="tag">Separates uses of the hash, at most 255 bytes.</param>
    /// <param name="length">How many bytes, at most 255 digests.</param>
    public static byte[] Xmd(ReadOnlySpan<byte> message, ReadOnlySpan<byte> tag, int length)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(tag.Length, MaxTagBytes);
        var blocks = (length + DigestBytes - 1) / DigestBytes;
        ArgumentOutOfRangeException.ThrowIfGreaterThan(blocks, byte.MaxValue, nameof(length));
        byte[] suffix = [.. tag, (byte)tag.Length];
        var first = SHA256.HashData([.. new byte[BlockBytes], .. message, (byte)(length >> 8), (byte)length, 0, .. suffix]);
        var output = new byte[blocks * DigestBytes];
        var block = SHA256.HashData([.. first, 1, .. suffix]);
        block.CopyTo(output, 0);
        for (var i = 2; i <= blocks; i++)
        {
            for (var j = 0; j < DigestBytes; j++)
            {
                block[j] ^= first[j];
            }

            block = SHA256.HashData([.. block, (byte)i, .. suffix]);
            block.CopyTo(output, (i - 1) * DigestBytes);
        }

        return output[..length];
    }
}
