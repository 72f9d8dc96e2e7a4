using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Stillwatch.Evidence.Sharing.Taxii.Storage;

/// <summary>
/// Where a page ended: the time the last object of it was added, and a hash of the question, so that it cannot be used for another. Times
/// of adding are all different and only grow, so what is added meanwhile comes after, and nothing is given twice or left out.
/// </summary>
internal static class PageToken
{
    private const int TimeBytes = 8;
    private const int HashBytes = 8;

    public static string Of(DateTimeOffset lastAdded, TaxiiFilter filter)
    {
        Span<byte> token = stackalloc byte[TimeBytes + HashBytes];
        BinaryPrimitives.WriteInt64BigEndian(token, lastAdded.UtcTicks);
        Hash(filter).CopyTo(token[TimeBytes..]);
        return Base64Url.EncodeToString(token);
    }

    /// <returns>Null where the text is no token of this question.</returns>
    public static DateTimeOffset? Read(string text, TaxiiFilter filter)
    {
        Span<byte> token = stackalloc byte[TimeBytes + HashBytes];
        if (text.Length > 64 || !Base64Url.IsValid(text) || !Base64Url.TryDecodeFromChars(text, token, out var length)
            || length != token.Length || !token[TimeBytes..].SequenceEqual(Hash(filter)))
        {
            return null;
        }

        var ticks = BinaryPrimitives.ReadInt64BigEndian(token);
        return ticks >= 0 && ticks <= DateTimeOffset.MaxValue.UtcTicks ? new DateTimeOffset(ticks, TimeSpan.Zero) : null;
    }

    private static ReadOnlySpan<byte> Hash(TaxiiFilter filter) =>
        SHA256.HashData(Encoding.UTF8.GetBytes(filter.Identity)).AsSpan(0, HashBytes);
}
