using System.Net;

namespace Stillwatch.Store.Engine.Http;

/// <summary>A block as the body of a request, of known length.</summary>
internal sealed class BlockContent(ColumnBlock block) : HttpContent
{
    private readonly List<ReadOnlyMemory<byte>> _parts = block.Encode();

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        foreach (var part in _parts)
        {
            await stream.WriteAsync(part, cancellationToken).ConfigureAwait(false);
        }
    }

    protected override bool TryComputeLength(out long length)
    {
        length = _parts.Sum(static part => (long)part.Length);
        return true;
    }
}
