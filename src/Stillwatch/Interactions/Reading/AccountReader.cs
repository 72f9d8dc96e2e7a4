using Stillwatch.Interactions.Formats;

namespace Stillwatch.Interactions.Reading;

/// <summary>
/// Reads accounts files (account.schema.json, one registration a line, plain or gzip), with the bounds and faults of logs.
/// </summary>
public sealed class AccountReader
{
    private readonly ReaderOptions _options;
    private readonly InputFaults _faults;
    private readonly TimeProvider _time;

    /// <param name="options">The bounds; the format is that of accounts files whatever they say.</param>
    /// <param name="faults">Takes what is wrong with the input.</param>
    /// <param name="time">Tells what "the future" is.</param>
    /// <exception cref="ArgumentException">The options are out of their ranges.</exception>
    public AccountReader(ReaderOptions options, InputFaults faults, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(faults);
        ArgumentNullException.ThrowIfNull(time);
        (_options, _faults, _time) = (options.Checked(), faults, time);
    }

    /// <summary>
    /// Every registration of every file, in order. An account that comes again is handed out again; the last one is the current one.
    /// </summary>
    /// <exception cref="InputFaultException">Reading is strict and something is wrong.</exception>
    public IAsyncEnumerable<AccountRegistration> ReadAsync(IEnumerable<InputFile> inputs, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        return ReadAhead.Enumerate(ReadChunks(inputs), cancellationToken);
    }

    private IEnumerable<IReadOnlyList<AccountRegistration>> ReadChunks(IEnumerable<InputFile> inputs)
    {
        var context = new RecordContext(_options, _faults, _time);
        var parser = new RegistrationRecordParser(context);
        foreach (var chunk in new ChunkReader(_options, _faults).ReadAs(InputFormat.Native, inputs))
        {
            using (chunk)
            {
                var registrations = new List<AccountRegistration>();
                new ChunkRecords(chunk, context).Parse(parser, registrations);
                yield return registrations;
            }
        }
    }
}
