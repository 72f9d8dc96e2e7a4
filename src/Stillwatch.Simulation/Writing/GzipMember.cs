using System.IO.Compression;

namespace Stillwatch.Simulation.Writing;

/// <summary>
/// Compresses blocks as gzip members of their own (RFC 1952, section 2.2): members joined together are one valid file, so blocks can be
/// compressed on many threads and the bytes do not depend on how many.
/// </summary>
internal static class GzipMember
{
    public static byte[] Compress(ReadOnlySpan<byte> block)
    {
        var target = new MemoryStream(block.Length / 4);
        using (var gzip = new GZipStream(target, CompressionLevel.Fastest))
        {
            gzip.Write(block);
        }

        return target.ToArray();
    }
}
