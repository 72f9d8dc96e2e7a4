using Microsoft.AspNetCore.Http;
using Stillwatch.Gateway.Observation;

namespace Stillwatch.Gateway.Forwarding;

/// <summary>Reads the body of a request whole: its model decides where it goes, so nothing can be forwarded before.</summary>
internal static class RequestBody
{
    private const int UnknownLength = 16 << 10;
    private const int MaxAtOnce = 1 << 20;

    /// <summary>Reads it; the server bounds its length.</summary>
    /// <exception cref="BadHttpRequestException">It is longer than allowed, or broken off; the status says which.</exception>
    public static async ValueTask<ByteBuffer> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        // What a client announces is not believed beyond a megabyte, or announcing would be enough to take memory.
        var body = new ByteBuffer((int)Math.Clamp(request.ContentLength ?? UnknownLength, 1, MaxAtOnce));
        try
        {
            var reader = request.BodyReader;
            while (true)
            {
                var read = await reader.ReadAsync(cancellationToken).ConfigureAwait(false);
                foreach (var piece in read.Buffer)
                {
                    body.Append(piece.Span);
                }

                reader.AdvanceTo(read.Buffer.End);
                if (read.IsCompleted)
                {
                    return body;
                }

                cancellationToken.ThrowIfCancellationRequested();
            }
        }
        catch
        {
            body.Dispose();
            throw;
        }
    }
}
