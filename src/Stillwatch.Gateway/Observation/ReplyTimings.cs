using System.Collections.Concurrent;

namespace Stillwatch.Gateway.Observation;

/// <summary>
/// How long the last replies of each model took, so that an answer of the gateway's own takes as long as one of them. Safe from any thread.
/// </summary>
/// <remarks>Streams and other replies apart. Bounded: <see cref="Kept"/> replies of <see cref="MaxModels"/> models.</remarks>
public sealed class ReplyTimings
{
    /// <summary>Replies kept of each model and kind.</summary>
    public const int Kept = 64;

    /// <summary>Models whose replies are kept.</summary>
    public const int MaxModels = 1024;

    private readonly ConcurrentDictionary<(string Model, bool IsStream), Ring> _byModel = new();

    /// <summary>Learns from a reply that a model server gave whole.</summary>
    public void Learn(string model, bool isStream, in ReplySummary reply)
    {
        if (reply is not { Outcome: ExchangeOutcome.Completed, Status: 200, FirstByteMs: { } first, Usage.Output: > 0 and var tokens })
        {
            return;
        }

        var timing = new ReplyTiming(TimeSpan.FromMilliseconds(first), TimeSpan.FromMilliseconds(reply.LatencyMs), tokens);
        if (_byModel.TryGetValue((model, isStream), out var ring))
        {
            ring.Add(timing);
        }
        else if (_byModel.Count < 2 * MaxModels)
        {
            _byModel.GetOrAdd((model, isStream), static _ => new()).Add(timing);
        }
    }

    /// <summary>Of the replies kept the one whose length is nearest, the latest of several; null where none is kept.</summary>
    /// <param name="model">Whose.</param>
    /// <param name="isStream">Of which kind.</param>
    /// <param name="tokens">The length.</param>
    public ReplyTiming? Like(string model, bool isStream, int tokens) =>
        _byModel.TryGetValue((model, isStream), out var ring) ? ring.Nearest(tokens) : null;

    private sealed class Ring
    {
        private readonly Lock _gate = new();
        private readonly ReplyTiming[] _timings = new ReplyTiming[Kept];
        private long _added;

        public void Add(in ReplyTiming timing)
        {
            lock (_gate)
            {
                _timings[_added++ % Kept] = timing;
            }
        }

        public ReplyTiming? Nearest(int tokens)
        {
            lock (_gate)
            {
                ReplyTiming? nearest = null;
                for (var back = 1; back <= Math.Min(_added, Kept); back++)
                {
                    var one = _timings[(_added - back) % Kept];
                    nearest = nearest is { } best && Math.Abs(best.Tokens - tokens) <= Math.Abs(one.Tokens - tokens) ? best : one;
                }

                return nearest;
            }
        }
    }
}
