namespace Stillwatch.Store.Ingestion;

/// <summary>Turns chunks of input into rows, one at a time. The rows of a chunk depend on the chunk alone.</summary>
internal interface IChunkEncoder<in TChunk>
{
    /// <summary>Adds the chunk's rows to <paramref name="target"/>.</summary>
    void Encode(TChunk chunk, EncodedRows target);
}
