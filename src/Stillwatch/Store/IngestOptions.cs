using Stillwatch.Interactions.Reading;

namespace Stillwatch.Store;

/// <summary>How interactions are read and written.</summary>
public sealed class IngestOptions
{
    /// <summary>Default of <see cref="BlockRows"/>.</summary>
    public const int DefaultBlockRows = 1 << 18;

    /// <summary>The most that <see cref="BlockRows"/> accepts.</summary>
    public const int MaxBlockRows = 1 << 22;

    /// <summary>Default of <see cref="BlockBytes"/>: 96 MiB.</summary>
    public const int DefaultBlockBytes = 96 << 20;

    /// <summary>Formats and bounds of the input.</summary>
    public ReaderOptions Reader { get; init; } = new();

    /// <summary>Whether the first thing wrong with the input ends the ingest; what was stored before stays. Default false.</summary>
    public bool Strict { get; init; }

    /// <summary>How many threads parse and sketch. Default all processors, at least one. Does not change what is stored.</summary>
    public int Workers { get; init; } = Environment.ProcessorCount;

    /// <summary>
    /// The most rows of one insert. Default 262,144, range 1 to 4,194,304. More make fewer, larger parts, and take memory: about
    /// 300 bytes a row, three times, besides the texts that are kept.
    /// </summary>
    public int BlockRows { get; init; } = DefaultBlockRows;

    /// <summary>The most bytes of one insert, unless one chunk of input alone has more. Default 96 MiB, range 1 MiB to 512 MiB.</summary>
    public int BlockBytes { get; init; } = DefaultBlockBytes;

    internal IngestOptions Checked()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(Workers, 1, nameof(Workers));
        ArgumentOutOfRangeException.ThrowIfLessThan(BlockRows, 1, nameof(BlockRows));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(BlockRows, MaxBlockRows, nameof(BlockRows));
        ArgumentOutOfRangeException.ThrowIfLessThan(BlockBytes, 1 << 20, nameof(BlockBytes));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(BlockBytes, 512 << 20, nameof(BlockBytes));
        return this;
    }
}
