namespace Stillwatch.Evidence.TransparencyLog;

/// <summary>Reads what a server that is not trusted answers.</summary>
internal static class BoundedAnswer
{
    /// <summary>The body.</summary>
    /// <exception cref="InvalidDataException">It is longer than <paramref name="maxBytes"/>.</exception>
    public static async Task<byte[]> ReadAsync(HttpContent content, int maxBytes, CancellationToken cancellation)
    {
        var stream = await content.ReadAsStreamAsync(cancellation).ConfigureAwait(false);
        await using (stream.ConfigureAwait(false))
        {
            var buffer = new byte[maxBytes + 1];
            var length = await stream.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellation)
                .ConfigureAwait(false);
            return length <= maxBytes ? buffer[..length] : throw new InvalidDataException($"The answer has more than {maxBytes} bytes.");
        }
    }
}
