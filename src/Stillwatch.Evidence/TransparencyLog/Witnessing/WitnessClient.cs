using System.Net;
using System.Text;
using Stillwatch.Evidence.Merkle;
using Stillwatch.Evidence.Signing;
using Stillwatch.Evidence.TransparencyLog.Proofs;

namespace Stillwatch.Evidence.TransparencyLog.Witnessing;

/// <summary>Asks one witness to cosign a checkpoint.</summary>
/// <remarks>
/// The witness is not trusted: its answer is bounded in time and bytes, and only a cosignature that verifies with its key counts. It is
/// asked
/// from size 0 first, and again from the size it then names.
/// </remarks>
internal sealed class WitnessClient(HttpClient http, PolicyWitness witness, Uri prefix)
{
    private const int MaxAnswerBytes = 65_536;
    private const int MaxAttempts = 3;

    /// <summary>Asks.</summary>
    /// <param name="checkpoint">What is to be cosigned.</param>
    /// <param name="prove">A consistency proof to it from a smaller size.</param>
    /// <param name="cancellation">Bounds the time.</param>
    public async Task<WitnessReply> AskAsync(
        SignedCheckpoint checkpoint, Func<ulong, IReadOnlyList<MerkleHash>> prove, CancellationToken cancellation)
    {
        ulong oldSize = 0;
        for (var attempt = 1; attempt <= MaxAttempts; attempt++)
        {
            var request = new AddCheckpointRequest(oldSize, prove(oldSize), checkpoint);
            var (status, body) = await PostAsync(request, cancellation).ConfigureAwait(false);
            if (status == HttpStatusCode.OK)
            {
                return Read(checkpoint, body);
            }

            if (status != HttpStatusCode.Conflict || Checkpoint.ParseDecimal(body.TrimEnd('\n')) is not { } size)
            {
                return Without($"it answered {(int)status}: {body.TrimEnd('\n')}");
            }

            if (size > checkpoint.Checkpoint.Size)
            {
                return Without($"it has cosigned {size} entries, more than the {checkpoint.Checkpoint.Size} of this checkpoint.");
            }

            oldSize = size;
        }

        return Without("its size kept changing while it was asked.");
    }

    private async Task<(HttpStatusCode Status, string Body)> PostAsync(AddCheckpointRequest request, CancellationToken cancellation)
    {
        using var content = new ByteArrayContent(request.ToBytes());
        var address = $"{prefix.ToString().TrimEnd('/')}/add-checkpoint";
        using var message = new HttpRequestMessage(HttpMethod.Post, address) { Content = content };
        using var response = await http.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, cancellation).ConfigureAwait(false);
        var body = await BoundedAnswer.ReadAsync(response.Content, MaxAnswerBytes, cancellation).ConfigureAwait(false);
        return (response.StatusCode, Encoding.UTF8.GetString(body));
    }

    private WitnessReply Read(SignedCheckpoint checkpoint, string lines)
    {
        foreach (var line in lines.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            if (NoteSignature.Parse(Encoding.UTF8.GetBytes(line)) is { } signature && signature.IsOf(witness.Key))
            {
                return witness.Key.Verify(checkpoint.Note.Text, signature.Bytes)
                    ? new(witness, signature, null)
                    : Without("its cosignature does not verify.");
            }
        }

        return Without("its answer holds no cosignature of its key.");
    }

    private WitnessReply Without(string reason) => new(witness, null, reason);
}
