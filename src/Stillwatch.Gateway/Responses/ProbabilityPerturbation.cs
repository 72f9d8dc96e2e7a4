using System.Security.Cryptography;
using Stillwatch.Evidence.Signing;
using Stillwatch.Gateway.Admission;

namespace Stillwatch.Gateway.Responses;

/// <summary>The step <see cref="ResponseStep.Perturb"/>: no bias, and noise on the probabilities of replies. Thread-safe.</summary>
public sealed class ProbabilityPerturbation
{
    private readonly LogprobNoise _noise;

    /// <param name="secret">What the noise cannot be computed without; the same in all gateways in front of a model.</param>
    public ProbabilityPerturbation(byte[] secret) => _noise = new(secret);

    /// <summary>
    /// The perturbation under the key of a log of decisions. Gateways that follow one log give the same noise, and there is no further
    /// secret to keep. Signatures of Ed25519 are deterministic, and no checkpoint has this text.
    /// </summary>
    public static ProbabilityPerturbation Of(NoteSigningKey key)
    {
        ArgumentNullException.ThrowIfNull(key);
        return new(SHA256.HashData(key.Sign("stillwatch perturb 1\n"u8).Bytes));
    }

    /// <summary>What is forwarded, and what is done to its reply.</summary>
    /// <param name="request">The request.</param>
    /// <param name="body">Its body.</param>
    internal (ReadOnlyMemory<byte> Body, ReplyPerturbation? Reply) Prepare(AdmittedRequest request, ReadOnlyMemory<byte> body)
    {
        if (PerturbedRequest.TryRead(request.Endpoint, body, _noise) is { } context)
        {
            return (request.Facts.LogitBias is null ? body : BiasRemoval.Apply(body), new(context));
        }

        return (ProbabilityRemoval.Apply(body.Span), null);
    }
}
