using Stillwatch.Evidence.TransparencyLog;

namespace Stillwatch.Evidence.Disclosures;

/// <summary>The one way out: whatever is given to anybody passes here, and is recorded before it is given.</summary>
/// <remarks>
/// Fails closed. Where a record cannot be written its outcome is unknown, so from then on nothing passes until the program is started anew
/// and the log has been opened again. Safe for use by many threads.
/// </remarks>
public sealed class DisclosureGate
{
    private readonly IDisclosureLog _log;
    private volatile bool _isClosed;

    /// <param name="log">Where disclosures are recorded.</param>
    public DisclosureGate(IDisclosureLog log)
    {
        ArgumentNullException.ThrowIfNull(log);
        _log = log;
    }

    /// <summary>Records a disclosure, then makes it.</summary>
    /// <param name="disclosure">What is about to be given.</param>
    /// <param name="give">Gives it. Called only once the record is durable; if it fails, the record stands all the same.</param>
    /// <param name="cancellationToken">Stops before the record is written, or stops the giving.</param>
    /// <exception cref="DisclosureNotRecordedException">The record could not be written; nothing was given.</exception>
    public async Task GiveAsync(Disclosure disclosure, Func<CancellationToken, Task> give, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(disclosure);
        ArgumentNullException.ThrowIfNull(give);
        await RecordAsync(disclosure, cancellationToken).ConfigureAwait(false);
        await give(cancellationToken).ConfigureAwait(false);
    }

    private async Task RecordAsync(Disclosure disclosure, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (_isClosed)
        {
            throw new DisclosureNotRecordedException(
                "Nothing is given out: an earlier disclosure could not be recorded. Mend its cause and start again.", null);
        }

        try
        {
            // Not cancelled half-way: a record of unknown outcome would close the gate.
            await _log.AppendAsync(disclosure, CancellationToken.None).ConfigureAwait(false);
        }
        catch (LogBusyException busy)
        {
            throw new DisclosureNotRecordedException($"Nothing was given to {disclosure.Recipient}: {busy.Message}", busy);
        }
        catch (Exception exception)
        {
            _isClosed = true;
            throw new DisclosureNotRecordedException(
                $"Nothing was given to {disclosure.Recipient}: the disclosure could not be recorded ({exception.Message})", exception);
        }
    }
}
