namespace Stillwatch.Store.Ingestion;

/// <summary>Turns chunks of input into rows, on one thread at a time. What a chunk gives depends on the chunk alone, labels aside.</summary>
internal interface IChunkEncoder<in TChunk>
{
    /// <summary>Adds the chunk's rows to <paramref name="target"/>.</summary>
    void Encode(TChunk chunk, EncodedRows target);
}
