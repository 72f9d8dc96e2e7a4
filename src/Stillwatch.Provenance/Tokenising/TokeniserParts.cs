namespace Stillwatch.Provenance.Tokenising;

/// <summary>What a file says of a tokeniser.</summary>
/// <param name="Splitter">Cuts texts into pieces.</param>
/// <param name="Merges">Encodes pieces.</param>
/// <param name="Bytes">The bytes of each id; null where there is no such token.</param>
/// <param name="Added">Tokens that are looked for before the text is split, with their ids.</param>
internal sealed record TokeniserParts(
    TextSplitter Splitter, BytePairMerges Merges, byte[]?[] Bytes, IReadOnlyDictionary<string, int> Added)
{
    private readonly Dictionary<byte[], int>? _whole;

    /// <summary>Pieces that are a token as a whole, whatever their merges give; null where merges decide alone.</summary>
    public Dictionary<byte[], int>.AlternateLookup<ReadOnlySpan<byte>>? Whole => _whole?.GetAlternateLookup<ReadOnlySpan<byte>>();

    /// <summary>Says which pieces these are.</summary>
    public Dictionary<byte[], int>? WholePieces
    {
        init => _whole = value;
    }
}
