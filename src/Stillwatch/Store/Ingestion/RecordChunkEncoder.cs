using Stillwatch.Interactions.Reading;

namespace Stillwatch.Store.Ingestion;

/// <summary>Parses chunks of logs and encodes what they hold. Gives the chunk's buffer back.</summary>
internal sealed class RecordChunkEncoder(InteractionParser parser, InteractionEncoder encoder) : IChunkEncoder<RecordChunk>
{
    /// <inheritdoc/>
    public void Encode(RecordChunk chunk, EncodedRows target)
    {
        using (chunk)
        {
            encoder.Begin(target);
            parser.Parse(chunk, encoder);
        }
    }
}
