using System.Collections.Concurrent;

namespace Stillwatch.Gateway.Observation;

/// <summary>Counts tokens where the upstream's count never comes, by what bytes of this model's replies came to before.</summary>
/// <remarks>
/// For each model it keeps tokens per byte of requests and of replies, as sums that fade: a thousand replies weigh as much as all
/// before them. Until a model's first count, four bytes are a token, which is usual for English text. Bounded: past
/// <see cref="MaxModels"/> models the common rate is used.
/// </remarks>
public sealed class TokenEstimator
{
    /// <summary>Models with rates of their own.</summary>
    public const int MaxModels = 1024;

    private const double UsualBytesPerToken = 4;
    private const double Fading = 0.999;

    /// <summary>Weight of the usual rate, in bytes, so that one odd reply does not decide.</summary>
    private const double PriorBytes = 64;

    private readonly ConcurrentDictionary<string, Rates> _byModel = new(StringComparer.Ordinal);
    private readonly Rates _common = new();

    /// <summary>Tokens of a request's body.</summary>
    public int InputTokens(string model, long bodyBytes) => RatesOf(model).Input.Tokens(bodyBytes);

    /// <summary>Tokens of a reply's text.</summary>
    public int OutputTokens(string model, long textBytes) => RatesOf(model).Output.Tokens(textBytes);

    /// <summary>Learns from a reply whose count came.</summary>
    public void Learn(string model, long bodyBytes, int inputTokens, long textBytes, int outputTokens)
    {
        var rates = _byModel.Count < MaxModels ? _byModel.GetOrAdd(model, static _ => new()) : RatesOf(model);
        rates.Input.Learn(bodyBytes, inputTokens);
        rates.Output.Learn(textBytes, outputTokens);
    }

    private Rates RatesOf(string model) => _byModel.TryGetValue(model, out var rates) ? rates : _common;

    private sealed class Rates
    {
        public Rate Input { get; } = new();

        public Rate Output { get; } = new();
    }

    private sealed class Rate
    {
        private readonly Lock _gate = new();
        private double _bytes = PriorBytes;
        private double _tokens = PriorBytes / UsualBytesPerToken;

        public int Tokens(long bytes)
        {
            lock (_gate)
            {
                return (int)Math.Min(int.MaxValue, Math.Ceiling(bytes * _tokens / _bytes));
            }
        }

        public void Learn(long bytes, int tokens)
        {
            if (bytes <= 0 || tokens <= 0)
            {
                return;
            }

            lock (_gate)
            {
                _bytes = (_bytes * Fading) + bytes;
                _tokens = (_tokens * Fading) + tokens;
            }
        }
    }
}
