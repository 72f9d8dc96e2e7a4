namespace Stillwatch.Interactions.Reading;

/// <summary>Bounds of reading. They hold whatever the input is; raising them raises memory.</summary>
public sealed class ReaderOptions
{
    /// <summary>Default of <see cref="ChunkBytes"/>: 1 MiB.</summary>
    public const int DefaultChunkBytes = 1 << 20;

    /// <summary>Default of <see cref="MaxLineBytes"/>: 16 MiB.</summary>
    public const int DefaultMaxLineBytes = 16 << 20;

    /// <summary>Default of <see cref="MaxDepth"/>.</summary>
    public const int DefaultMaxDepth = 64;

    /// <summary>Default of <see cref="MaxMessages"/>.</summary>
    public const int DefaultMaxMessages = 1024;

    /// <summary>Default of <see cref="MaxTools"/>.</summary>
    public const int DefaultMaxTools = 256;

    /// <summary>Default of <see cref="MaxNameBytes"/>.</summary>
    public const int DefaultMaxNameBytes = 4096;

    /// <summary>The format of every input; default <see cref="InputFormat.Auto"/>, which recognises it file by file.</summary>
    public InputFormat Format { get; init; } = InputFormat.Auto;

    /// <summary>
    /// How much of a file is handed out at once. Not a bound on a record. Default 1 MiB, range 64 bytes to 64 MiB; larger ones
    /// gain nothing once several records fit.
    /// </summary>
    public int ChunkBytes { get; init; } = DefaultChunkBytes;

    /// <summary>
    /// The longest record in bytes of UTF-8, end of line excluded; a longer one is rejected without being held. Default 16 MiB, range
    /// 64 bytes to 1 GiB. Raise it for logs of very long contexts; a parser holds up to five times as much.
    /// </summary>
    public int MaxLineBytes { get; init; } = DefaultMaxLineBytes;

    /// <summary>How deep JSON may nest before the record is rejected. Default 64, range 8 to 1000.</summary>
    public int MaxDepth { get; init; } = DefaultMaxDepth;

    /// <summary>How many messages of a conversation are kept; of a longer one the last. Default 1024, range 1 to 1,000,000.</summary>
    public int MaxMessages { get; init; } = DefaultMaxMessages;

    /// <summary>How many names of tools are kept, the first ones. Default 256, range 0 to 1,000,000.</summary>
    public int MaxTools { get; init; } = DefaultMaxTools;

    /// <summary>
    /// The longest name (user agent, model, …) in bytes of UTF-8; a longer one is cut. Accounts and ids have their own limit,
    /// <see cref="AccountId.MaxLength"/>. Default 4096, range 64 to 1 MiB.
    /// </summary>
    public int MaxNameBytes { get; init; } = DefaultMaxNameBytes;

    /// <summary>Which columns of tables (CSV, Parquet) hold what. Default: the names of docs/formats/inputs.md.</summary>
    public ColumnMapping Columns { get; init; } = ColumnMapping.Default;

    /// <summary>Records before this time are rejected as absurd. Default 2015-01-01, when no such API existed.</summary>
    public DateTimeOffset Earliest { get; init; } = new(2015, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>
    /// Records further than this after the present are rejected as absurd. Default one day, for clocks and time zones gone wrong.
    /// </summary>
    public TimeSpan MaxAhead { get; init; } = TimeSpan.FromDays(1);

    /// <summary>All that is wrong with these options; empty if they can be used.</summary>
    public IReadOnlyList<string> Validate()
    {
        var errors = new List<string>();
        Check(errors, nameof(ChunkBytes), ChunkBytes, 64, 64 << 20);
        Check(errors, nameof(MaxLineBytes), MaxLineBytes, 64, 1 << 30);
        Check(errors, nameof(MaxDepth), MaxDepth, 8, 1000);
        Check(errors, nameof(MaxMessages), MaxMessages, 1, 1_000_000);
        Check(errors, nameof(MaxTools), MaxTools, 0, 1_000_000);
        Check(errors, nameof(MaxNameBytes), MaxNameBytes, 64, 1 << 20);
        if (!Enum.IsDefined(Format))
        {
            errors.Add($"{nameof(Format)} is {(int)Format}; accepted are the names of {nameof(InputFormat)}.");
        }

        if (Columns is null)
        {
            errors.Add($"{nameof(Columns)} is null; accepted is a {nameof(ColumnMapping)}.");
        }

        if (MaxAhead < TimeSpan.Zero)
        {
            errors.Add($"{nameof(MaxAhead)} is {MaxAhead}; accepted is zero or more.");
        }

        return errors;
    }

    internal ReaderOptions Checked()
    {
        var errors = Validate();
        return errors.Count == 0 ? this : throw new ArgumentException(string.Join(' ', errors));
    }

    private static void Check(List<string> errors, string name, int value, int least, int most)
    {
        if (value < least || value > most)
        {
            errors.Add($"{name} is {value}; accepted is {least} to {most}.");
        }
    }
}
