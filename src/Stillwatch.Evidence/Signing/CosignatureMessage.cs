using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace Stillwatch.Evidence.Signing;

/// <summary>What a witness signs (C2SP tlog-cosignature, Ed25519).</summary>
/// <remarks>
/// <code>
/// signature = u64 big-endian POSIX seconds || 64-byte Ed25519 signature
/// message   = "cosignature/v1\n" "time " seconds "\n" || the checkpoint's text
/// </code>
/// </remarks>
internal static class CosignatureMessage
{
    private const int TimeLength = sizeof(ulong);

    public static byte[] Create(ulong seconds, ReadOnlySpan<byte> text)
    {
        var head = string.Create(CultureInfo.InvariantCulture, $"cosignature/v1\ntime {seconds}\n");
        return [.. Encoding.ASCII.GetBytes(head), .. text];
    }

    public static byte[] Join(ulong seconds, ReadOnlySpan<byte> signature)
    {
        var joined = new byte[TimeLength + signature.Length];
        BinaryPrimitives.WriteUInt64BigEndian(joined, seconds);
        signature.CopyTo(joined.AsSpan(TimeLength));
        return joined;
    }

    /// <summary>Cuts a cosignature; false if its length or its time is impossible (the specification ends at 2^63 - 1).</summary>
    public static bool TrySplit(ReadOnlySpan<byte> cosignature, out ulong seconds, out ReadOnlySpan<byte> signature)
    {
        seconds = 0;
        signature = default;
        if (cosignature.Length != TimeLength + Ed25519PublicKey.SignatureLength)
        {
            return false;
        }

        seconds = BinaryPrimitives.ReadUInt64BigEndian(cosignature);
        signature = cosignature[TimeLength..];
        return seconds <= long.MaxValue;
    }
}
