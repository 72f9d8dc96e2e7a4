namespace Stillwatch.Provenance.Watermarking;

/// <summary>
/// SynthID-Text in the variant with a table of 65,536 bits, as Hugging Face's processor and MarkLLM have it. Immutable; safe from any
/// thread.
/// </summary>
/// <remarks>
/// Everything about an n-gram hangs on the low 16 bits of its hash, and the table is one draw for all: the usual mean and variance are
/// wrong on many tokens. For detection only, by <see cref="SynthIdTableTest"/>.
/// </remarks>
public sealed class SynthIdTextTable
{
    /// <summary>Bits of the table.</summary>
    public const int Size = 1 << 16;

    private const long InitialHash = 1;

    private readonly long[] _keys;
    private readonly byte[] _table;

    /// <param name="keys">One a layer, 1 to <see cref="SynthIdTextFunction.MaxDepth"/>.</param>
    /// <param name="table">The bits of the device that marked, <see cref="Size"/> zeros and ones; see <see cref="TableOfCpu"/>.</param>
    /// <param name="ngramLength">At least 2.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of range.</exception>
    public SynthIdTextTable(
        ReadOnlySpan<long> keys, ReadOnlySpan<byte> table, int ngramLength = SynthIdTextFunction.DefaultNgramLength)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(keys.Length, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(keys.Length, SynthIdTextFunction.MaxDepth);
        ArgumentOutOfRangeException.ThrowIfLessThan(ngramLength, 2);
        ArgumentOutOfRangeException.ThrowIfNotEqual(table.Length, Size);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(table.IndexOfAnyExcept((byte)0, (byte)1), 0, nameof(table));
        (_keys, _table, NgramLength) = (keys.ToArray(), table.ToArray(), ngramLength);
    }

    /// <summary>Tokens of an n-gram.</summary>
    public int NgramLength { get; }

    /// <summary>Number of layers.</summary>
    public int Depth => _keys.Length;

    internal ReadOnlySpan<byte> Table => _table;

    /// <summary>The table that PyTorch draws on the CPU; other devices draw another one from the same seed.</summary>
    /// <param name="seed">The configuration's seed; published: 0.</param>
    public static byte[] TableOfCpu(ulong seed = 0)
    {
        var generator = new TorchGenerator(seed);
        var table = new byte[Size];
        for (var i = 0; i < table.Length; i++)
        {
            table[i] = (byte)(generator.NextUInt32() & 1);
        }

        return table;
    }

    /// <summary>The g-values of an n-gram, that of layer i as bit i.</summary>
    /// <param name="ngram"><see cref="NgramLength"/> ids, oldest first.</param>
    /// <exception cref="ArgumentOutOfRangeException">It has another length.</exception>
    public ulong GValues(ReadOnlySpan<int> ngram)
    {
        var state = StateOf(ngram);
        var bits = 0UL;
        for (var layer = 0; layer < _keys.Length; layer++)
        {
            bits |= (ulong)_table[Place(state, _keys[layer])] << layer;
        }

        return bits;
    }

    /// <summary>The low 16 bits of the n-gram's hash, on which all its g-values depend.</summary>
    internal int StateOf(ReadOnlySpan<int> ngram)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(ngram.Length, NgramLength);
        return (int)(SynthIdTextFunction.Accumulate(InitialHash, ngram) & (Size - 1));
    }

    /// <summary>The low 16 bits of a layer's key; those above have no effect.</summary>
    internal int KeyState(int layer) => (int)(_keys[layer] & (Size - 1));

    /// <summary>Where in the table a state falls under a key.</summary>
    internal static int Place(int state, long key) => (int)(SynthIdTextFunction.Step(state, key) & (Size - 1));
}
