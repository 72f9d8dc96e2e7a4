using System.Security.Cryptography;
using Stillwatch.Campaigns;
using Stillwatch.Evidence.Signing;
using Stillwatch.Evidence.TransparencyLog;
using Stillwatch.Gateway.Decisions;

namespace Stillwatch.Gateway.Responses;

/// <summary>Makes a log follow findings by a policy.</summary>
/// <param name="directory">The log.</param>
/// <param name="key">Its key.</param>
/// <param name="policy">What follows from what.</param>
/// <param name="time">Clock.</param>
public sealed class ResponseDesk(string directory, NoteSigningKey key, ResponsePolicy policy, TimeProvider time)
{
    /// <summary>The digest that entries name: that of the file as a hunt writes these findings.</summary>
    public static async Task<string> DigestAsync(Findings findings, CancellationToken cancellationToken)
    {
        using var bytes = new MemoryStream();
        await FindingsJson.WriteAsync(bytes, findings, cancellationToken).ConfigureAwait(false);
        bytes.Position = 0;
        return Convert.ToHexStringLower(await SHA256.HashDataAsync(bytes, cancellationToken).ConfigureAwait(false));
    }

    /// <summary>What would be done.</summary>
    /// <exception cref="InvalidDataException">The log cannot be read.</exception>
    public async Task<IReadOnlyList<PlannedResponse>> PlanAsync(
        Findings findings, string actor, bool liftCleared, CancellationToken cancellationToken)
    {
        var digest = await DigestAsync(findings, cancellationToken).ConfigureAwait(false);
        var history = ResponseHistory.Of(DecisionEntries.Of(LogReader.Open(directory, key.VerifierKey)));
        return new ResponsePlan(policy, history, actor, time.GetUtcNow()).Of(findings, digest, liftCleared);
    }

    /// <summary>
    /// Does it: under the log's lock, so that nothing is decided meanwhile. Entries go in batches; after a crash between two, applying the
    /// same findings again does the rest.
    /// </summary>
    /// <exception cref="IOException">The log takes nothing.</exception>
    /// <exception cref="InvalidDataException">The log cannot be read.</exception>
    public async Task<IReadOnlyList<PlannedResponse>> ApplyAsync(
        Findings findings, string actor, bool liftCleared, CancellationToken cancellationToken)
    {
        var log = await LogWriter.OpenWaitingAsync(directory, key, cancellation: cancellationToken).ConfigureAwait(false);
        await using (log.ConfigureAwait(false))
        {
            var plan = await PlanAsync(findings, actor, liftCleared, cancellationToken).ConfigureAwait(false);
            foreach (var batch in plan.Where(static one => one.Entry is not null).Chunk(LogOptions.DefaultMaxBatchEntries))
            {
                await log.AppendAsync([.. batch.Select(static one => one.Entry!.Bytes)], cancellationToken).ConfigureAwait(false);
            }

            await log.PublishAsync().ConfigureAwait(false);
            return plan;
        }
    }
}
