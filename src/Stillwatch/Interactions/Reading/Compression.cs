namespace Stillwatch.Interactions.Reading;

/// <summary>Tells compressions and encodings apart by a file's first bytes.</summary>
internal static class Compression
{
    /// <summary>Gzip with the one method there is, deflate (RFC 1952, section 2.3.1).</summary>
    public static bool IsGzip(ReadOnlySpan<byte> start) => start is [0x1f, 0x8b, ..];

    /// <summary>Why a file that starts so is not read, and what to do; null if it may be read.</summary>
    public static string? Unsupported(ReadOnlySpan<byte> start) => start switch
    {
        [0x28, 0xb5, 0x2f, 0xfd, ..] => CompressedWith("zstd"),
        [0xfd, (byte)'7', (byte)'z', (byte)'X', (byte)'Z', ..] => CompressedWith("xz"),
        [(byte)'B', (byte)'Z', (byte)'h', >= (byte)'1' and <= (byte)'9', ..] => CompressedWith("bzip2"),
        [0x04, 0x22, 0x4d, 0x18, ..] => CompressedWith("lz4"),
        [(byte)'P', (byte)'K', 3, 4, ..] => "it is a ZIP archive; unpack it",
        [0xff, 0xfe, ..] or [0xfe, 0xff, ..] or [0, 0, 0xfe, 0xff, ..] or [not 0, 0, not 0, 0, ..] or [0, not 0, 0, not 0, ..] =>
            "it is UTF-16 or UTF-32; convert it to UTF-8",
        _ => null,
    };

    private static string CompressedWith(string name) => $"it is compressed with {name}; decompress it, or compress it with gzip";
}
