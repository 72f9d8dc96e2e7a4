using Stillwatch.Interactions;

namespace Stillwatch.Store.Ingestion;

/// <summary>Encodes interactions that are in memory already.</summary>
internal sealed class InteractionListEncoder(InteractionEncoder encoder) : IChunkEncoder<IReadOnlyList<Interaction>>
{
    /// <inheritdoc/>
    public void Encode(IReadOnlyList<Interaction> chunk, EncodedRows target)
    {
        encoder.Begin(target);
        for (var index = 0; index < chunk.Count; index++)
        {
            encoder.Encode(chunk[index]);
        }
    }
}
