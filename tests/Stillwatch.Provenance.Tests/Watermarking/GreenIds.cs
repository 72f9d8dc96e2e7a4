using System.Security.Cryptography;
using System.Text;
using Stillwatch.Provenance.Watermarking;

namespace Stillwatch.Provenance.Tests.Watermarking;

/// <summary>Whole green lists in the form of the golden vectors.</summary>
internal static class GreenIds
{
    internal static IReadOnlyList<int> Of(IGreenList list, int[] context, int vocabulary) =>
        [.. Enumerable.Range(0, vocabulary).Where(token => list.IsGreen(context, token))];

    /// <summary>SHA-256 of the ascending ids, joined by commas.</summary>
    internal static string Digest(IEnumerable<int> ids) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(string.Join(',', ids.Order()))));

    /// <summary>Bits of g-values as the vectors write them: layer 0 first.</summary>
    internal static string Write(ulong bits, int depth) =>
        string.Concat(Enumerable.Range(0, depth).Select(layer => (bits >> layer) & 1));
}
