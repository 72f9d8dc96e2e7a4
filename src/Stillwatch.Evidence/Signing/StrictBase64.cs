using System.Buffers;
using System.Buffers.Text;

namespace Stillwatch.Evidence.Signing;

/// <summary>
/// Standard base64 (RFC 4648 §4) of which every byte string has exactly one form: padded, without spaces, unused bits zero.
/// </summary>
public static class StrictBase64
{
    /// <summary>Decodes, or refuses with null.</summary>
    /// <param name="text">ASCII; the caller bounds its length.</param>
    public static byte[]? Decode(ReadOnlySpan<byte> text)
    {
        var bytes = new byte[Base64.GetMaxDecodedFromUtf8Length(text.Length)];
        if (Base64.DecodeFromUtf8(text, bytes, out _, out var written) != OperationStatus.Done)
        {
            return null;
        }

        Array.Resize(ref bytes, written);
        Span<byte> again = new byte[Base64.GetMaxEncodedToUtf8Length(written)];
        Base64.EncodeToUtf8(bytes, again, out _, out var length);
        return again[..length].SequenceEqual(text) ? bytes : null;
    }

    /// <summary>Decodes ASCII text, or refuses with null.</summary>
    public static byte[]? Decode(string text) => Decode(System.Text.Encoding.UTF8.GetBytes(text));
}
