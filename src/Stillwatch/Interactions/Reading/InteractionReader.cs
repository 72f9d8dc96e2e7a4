using System.Runtime.CompilerServices;
using System.Threading.Channels;

namespace Stillwatch.Interactions.Reading;

/// <summary>Reads inputs from end to end, in order, one interaction after another; for tests and small uses.</summary>
/// <remarks>Where speed counts, read chunks with <see cref="ChunkReader"/> and parse them on several threads with <see cref="InteractionParser"/>.</remarks>
public sealed class InteractionReader
{
    private const int ChunksAhead = 2;

    private readonly ReaderOptions _options;
    private readonly InputFaults _faults;
    private readonly TimeProvider _time;

    /// <param name="options">The bounds.</param>
    /// <param name="faults">Takes what is wrong with the input.</param>
    /// <param name="time">Tells what "the future" is.</param>
    /// <exception cref="ArgumentException">The options are out of their ranges.</exception>
    public InteractionReader(ReaderOptions options, InputFaults faults, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(faults);
        ArgumentNullException.ThrowIfNull(time);
        (_options, _faults, _time) = (options.Checked(), faults, time);
    }

    /// <summary>Every interaction of every input, in the order of the input; a reader thread works a few chunks ahead.</summary>
    /// <exception cref="InputFaultException">Reading is strict and something is wrong.</exception>
    public async IAsyncEnumerable<Interaction> ReadAsync(
        IReadOnlyList<InputFile> inputs, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var batches = Channel.CreateBounded<List<Interaction>>(ChunksAhead);
        var reading = Task.Run(() => ReadInto(inputs, batches.Writer, stop.Token), CancellationToken.None);
        try
        {
            await foreach (var batch in batches.Reader.ReadAllAsync(cancellationToken).ConfigureAwait(false))
            {
                foreach (var interaction in batch)
                {
                    yield return interaction;
                }
            }
        }
        finally
        {
            await stop.CancelAsync().ConfigureAwait(false);
            await reading.ConfigureAwait(false);
        }
    }

    private async Task ReadInto(IReadOnlyList<InputFile> inputs, ChannelWriter<List<Interaction>> batches, CancellationToken cancellationToken)
    {
        Exception? failure = null;
        try
        {
            var parser = new InteractionParser(_options, _faults, _time);
            foreach (var chunk in new ChunkReader(_options, _faults).Read(inputs))
            {
                using (chunk)
                {
                    await batches.WriteAsync(ParseChunk(parser, chunk), cancellationToken).ConfigureAwait(false);
                }
            }
        }
        catch (Exception e)
        {
            failure = e;
        }

        batches.Complete(failure);
    }

    private static List<Interaction> ParseChunk(InteractionParser parser, RecordChunk chunk)
    {
        var sink = new ListSink();
        parser.Parse(chunk, sink);
        return sink.Interactions;
    }

    private sealed class ListSink : IInteractionSink
    {
        public List<Interaction> Interactions { get; } = [];

        public void Accept(Interaction interaction, RecordPosition position) => Interactions.Add(interaction);
    }
}
