using System.Net.Http.Json;
using System.Security.Cryptography;
using Stillwatch.Evidence.Disclosures;
using Stillwatch.Evidence.Sharing.Access;
using Stillwatch.Evidence.Sharing.PrivateMatching.KeyService;
using Stillwatch.Evidence.Sharing.PrivateMatching.Voprf;

namespace Stillwatch.Evidence.Sharing.PrivateMatching.Matching;

/// <summary>Turns values into tokens with a key service, which learns nothing of them and proves that it used its key.</summary>
public sealed class TokenSource : IDisposable
{
    private const int MaxAnswerBytes = 1 << 20;

    private readonly OprfClient _client = new(OprfMode.Verifiable);
    private readonly HttpClient _http;
    private readonly DisclosureGate _gate;
    private readonly TimeProvider _time;

    /// <param name="service">The service.</param>
    /// <param name="gate">What every blinded element passes before it is sent.</param>
    /// <param name="time">The clock.</param>
    /// <exception cref="InvalidDataException">The address is neither HTTPS nor of this machine.</exception>
    public TokenSource(RemoteServer service, DisclosureGate gate, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(service);
        (_gate, _time) = (gate, time);
        _http = service.Connect(MaxAnswerBytes);
    }

    /// <summary>The epochs that the service evaluates, the present one first, with the public key of each.</summary>
    /// <exception cref="KeyServiceException">The service refused or answered nonsense.</exception>
    public async Task<IReadOnlyList<(string Epoch, byte[] PublicKey)>> EpochsAsync(CancellationToken cancellationToken)
    {
        using var response = await SendAsync(new HttpRequestMessage(HttpMethod.Get, "/v1/epochs"), cancellationToken).ConfigureAwait(false);
        var answer = await KeyServiceException.GuardAsync(
            () => response.Content.ReadFromJsonAsync(KeyServiceMessages.Default.EpochsAnswer, cancellationToken)).ConfigureAwait(false);
        return KeyServiceException.Guard(
            () => (answer?.Epochs ?? []).Select(static one => (one.Epoch, Convert.FromHexString(one.PublicKey))).ToList());
    }

    /// <summary>The tokens of some inputs, in hexadecimal digits.</summary>
    /// <param name="epoch">The epoch.</param>
    /// <param name="publicKey">
    /// The public key that the lab trusts for this epoch: the service proves that it used this one and not one made for the lab alone.
    /// </param>
    /// <param name="inputs">What <see cref="Values.MatchValue.Input"/> gives.</param>
    /// <param name="cancellationToken">Stops between batches.</param>
    /// <exception cref="KeyServiceException">The service refused, answered nonsense, or its proof does not hold.</exception>
    public async Task<IReadOnlyList<string>> TokensAsync(
        string epoch, byte[] publicKey, IReadOnlyList<byte[]> inputs, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        using var key = KeyServiceException.Guard(() => GroupElement.Parse(publicKey));
        var tokens = new List<string>(inputs.Count);
        foreach (var batch in inputs.Chunk(OprfServer.MaxBatch))
        {
            tokens.AddRange(await BatchAsync(epoch, key, batch, cancellationToken).ConfigureAwait(false));
        }

        return tokens;
    }

    /// <inheritdoc/>
    public void Dispose() => _http.Dispose();

    private async Task<IEnumerable<string>> BatchAsync(string epoch, GroupElement key, byte[][] inputs, CancellationToken cancellationToken)
    {
        var blinded = inputs.Select(input => _client.Blind(input)).ToList();
        try
        {
            var points = blinded.Select(static one => one.Element.ToBytes()).ToList();
            var answer = await EvaluateAsync(epoch, points, cancellationToken).ConfigureAwait(false);
            return KeyServiceException.Guard(() =>
            {
                var evaluated = answer.Evaluated.Select(static text => GroupElement.Parse(Convert.FromHexString(text))).ToList();
                var outputs = _client.Finalize(blinded, evaluated, key, Convert.FromHexString(answer.Proof));
                evaluated.ForEach(static element => element.Dispose());
                return outputs.Select(Convert.ToHexStringLower).ToList();
            });
        }
        finally
        {
            blinded.ForEach(static one => one.Dispose());
        }
    }

    private async Task<EvaluateAnswer> EvaluateAsync(string epoch, List<byte[]> points, CancellationToken cancellationToken)
    {
        var disclosure = new Disclosure
        {
            Kind = DisclosureKind.BlindedElements,
            Recipient = _http.BaseAddress!.ToString(),
            Marking = "TLP:RED",
            Purpose = $"{points.Count} blinded elements for tokens of epoch {epoch}",
            GivenAt = _time.GetUtcNow(),
            Items = [new DisclosedItem(epoch, Convert.ToHexStringLower(SHA256.HashData([.. points.SelectMany(static point => point)])))],
        };
        EvaluateAnswer? answer = null;
        await _gate.GiveAsync(
            disclosure,
            async token =>
            {
                var request = new EvaluateRequest(epoch, [.. points.Select(Convert.ToHexStringLower)]);
                using var message = new HttpRequestMessage(HttpMethod.Post, "/v1/evaluate")
                {
                    Content = JsonContent.Create(request, KeyServiceMessages.Default.EvaluateRequest),
                };
                using var response = await SendAsync(message, token).ConfigureAwait(false);
                answer = await KeyServiceException.GuardAsync(
                    () => response.Content.ReadFromJsonAsync(KeyServiceMessages.Default.EvaluateAnswer, token)).ConfigureAwait(false);
            },
            cancellationToken).ConfigureAwait(false);
        return answer ?? throw new KeyServiceException("The key service answered nothing.", null);
    }

    private async Task<HttpResponseMessage> SendAsync(HttpRequestMessage message, CancellationToken cancellationToken)
    {
        var response = await KeyServiceException.GuardAsync(() => _http.SendAsync(message, cancellationToken)).ConfigureAwait(false);
        if (response!.IsSuccessStatusCode)
        {
            return response;
        }

        using (response)
        {
            var error = await KeyServiceException.GuardAsync(
                () => response.Content.ReadFromJsonAsync(KeyServiceMessages.Default.ErrorAnswer, cancellationToken)).ConfigureAwait(false);
            throw new KeyServiceException($"The key service answered {(int)response.StatusCode}: {error?.Error}", null);
        }
    }
}
