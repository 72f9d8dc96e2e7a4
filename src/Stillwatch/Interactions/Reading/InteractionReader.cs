namespace Stillwatch.Interactions.Reading;

/// <summary>Reads inputs from end to end, in order, one interaction after another; for tests and small uses.</summary>
/// <remarks>
/// Where speed counts, read chunks with <see cref="ChunkReader"/> and parse them on several threads with <see cref="InteractionParser"/>.
/// </remarks>
public sealed class InteractionReader
{
    private readonly ReaderOptions _options;
    private readonly InputFaults _faults;
    private readonly TimeProvider _time;
    private readonly IParquetRows? _parquet;

    /// <param name="options">The bounds.</param>
    /// <param name="faults">Takes what is wrong with the input.</param>
    /// <param name="time">Tells what "the future" is.</param>
    /// <param name="parquet">Reads Parquet; null where there is no engine, so that such files are a fault.</param>
    /// <exception cref="ArgumentException">The options are out of their ranges.</exception>
    public InteractionReader(ReaderOptions options, InputFaults faults, TimeProvider time, IParquetRows? parquet = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(faults);
        ArgumentNullException.ThrowIfNull(time);
        (_options, _faults, _time, _parquet) = (options.Checked(), faults, time, parquet);
    }

    /// <summary>Every interaction of every input, in the order of the input; a thread reads a few chunks ahead.</summary>
    /// <exception cref="InputFaultException">Reading is strict and something is wrong.</exception>
    public IAsyncEnumerable<Interaction> ReadAsync(IEnumerable<InputFile> inputs, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        return ReadAhead.Enumerate(ReadChunks(inputs), cancellationToken);
    }

    private IEnumerable<IReadOnlyList<Interaction>> ReadChunks(IEnumerable<InputFile> inputs)
    {
        var parser = new InteractionParser(_options, _faults, _time);
        foreach (var chunk in new ChunkReader(_options, _faults, _parquet).Read(inputs))
        {
            using (chunk)
            {
                var sink = new ListSink();
                parser.Parse(chunk, sink);
                yield return sink.Interactions;
            }
        }
    }

    private sealed class ListSink : IInteractionSink
    {
        public List<Interaction> Interactions { get; } = [];

        public void Accept(Interaction interaction, RecordPosition position) => Interactions.Add(interaction);
    }
}
