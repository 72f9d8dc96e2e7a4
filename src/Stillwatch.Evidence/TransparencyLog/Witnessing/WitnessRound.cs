using Stillwatch.Evidence.Merkle;
using Stillwatch.Evidence.TransparencyLog.Proofs;

namespace Stillwatch.Evidence.TransparencyLog.Witnessing;

/// <summary>One round of asking all witnesses of a policy for their cosignatures, at once.</summary>
/// <param name="Checkpoint">The checkpoint with every cosignature that came.</param>
/// <param name="Replies">What each witness that has an address replied.</param>
/// <param name="Verdict">What the policy says about the checkpoint now.</param>
public sealed record WitnessRound(SignedCheckpoint Checkpoint, IReadOnlyList<WitnessReply> Replies, CheckpointVerdict Verdict)
{
    /// <summary>How long a witness may take, unless said otherwise.</summary>
    public static readonly TimeSpan DefaultPatience = TimeSpan.FromSeconds(10);

    /// <summary>Asks.</summary>
    /// <param name="log">The log at the checkpoint that is to be cosigned.</param>
    /// <param name="policy">Who is asked, and how many are enough.</param>
    /// <param name="http">How; its own timeout does not matter.</param>
    /// <param name="patience">How long each witness may take in all.</param>
    /// <param name="cancellation">Ends the round without a result.</param>
    public static async Task<WitnessRound> AskAsync(
        LogReader log, TrustPolicy policy, HttpClient http, TimeSpan patience, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(log);
        ArgumentNullException.ThrowIfNull(policy);
        var turn = new Lock();
        var replies = await Task.WhenAll(policy.Witnesses
            .Where(witness => witness.Url is not null)
            .Select(witness => AskAsync(witness, Prove))).ConfigureAwait(false);
        var cosigned = log.Checkpoint.With(replies.Where(reply => reply.Cosignature is not null).Select(reply => reply.Cosignature!));
        return new(cosigned, replies, policy.Judge(cosigned));

        IReadOnlyList<MerkleHash> Prove(ulong oldSize)
        {
            lock (turn)
            {
                return log.ProveConsistency(oldSize);
            }
        }

        async Task<WitnessReply> AskAsync(PolicyWitness witness, Func<ulong, IReadOnlyList<MerkleHash>> prove)
        {
            if (!Uri.TryCreate(witness.Url, UriKind.Absolute, out var prefix) || prefix.Scheme is not ("http" or "https"))
            {
                return new(witness, null, $"'{witness.Url}' is no address of a witness.");
            }

            using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
            limit.CancelAfter(patience);
            try
            {
                return await new WitnessClient(http, witness, prefix).AskAsync(log.Checkpoint, prove, limit.Token).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
            {
                return new(witness, null, $"it did not answer within {patience.TotalSeconds:0.#} s.");
            }
            catch (Exception failure) when (failure is HttpRequestException or InvalidDataException or IOException)
            {
                return new(witness, null, failure.Message);
            }
        }
    }
}
