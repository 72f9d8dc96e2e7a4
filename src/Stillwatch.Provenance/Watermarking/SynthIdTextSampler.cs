namespace Stillwatch.Provenance.Watermarking;

/// <summary>One sequence marked with SynthID-Text as published, step by step. One a sequence; not thread-safe.</summary>
/// <remarks>
/// The context begins as zeros: the prompt is not part of it. A context that occurred among the last steps is not marked again; the history
/// begins filled with zeros, so a context whose hash is zero counts as seen.
/// </remarks>
public sealed class SynthIdTextSampler
{
    /// <summary>Contexts that are remembered, in the published configuration.</summary>
    public const int DefaultHistory = 1024;

    private readonly SynthIdTextFunction _function;
    private readonly int _leaves;
    private readonly int[] _context;
    private readonly long[] _history;
    private int _step;

    /// <param name="function">Keys and length of the n-grams.</param>
    /// <param name="history">Contexts that are remembered, at least 1.</param>
    /// <param name="leaves">Candidates in each match of the tournament, at least 2; published: 2.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of range.</exception>
    public SynthIdTextSampler(SynthIdTextFunction function, int history = DefaultHistory, int leaves = 2)
    {
        ArgumentNullException.ThrowIfNull(function);
        ArgumentOutOfRangeException.ThrowIfLessThan(history, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(leaves, 2);
        (_function, _leaves) = (function, leaves);
        _context = new int[function.NgramLength - 1];
        _history = new long[history];
    }

    /// <summary>Replaces the probabilities of the next token's candidates by marked ones.</summary>
    /// <param name="candidates">Their ids.</param>
    /// <param name="probabilities">After temperature and truncation; they sum to one.</param>
    /// <returns>Whether the step was marked; false where its context was seen before.</returns>
    public bool Mark(ReadOnlySpan<int> candidates, Span<double> probabilities)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(candidates.Length, probabilities.Length);
        var hash = _function.HashContext(_context);
        var seen = _history.AsSpan().Contains(hash);
        _history[_step++ % _history.Length] = hash;
        if (seen)
        {
            return false;
        }

        var bits = new ulong[candidates.Length];
        for (var i = 0; i < bits.Length; i++)
        {
            bits[i] = _function.GValues(hash, candidates[i]);
        }

        TournamentSampling.Apply(probabilities, bits, _function.Depth, _leaves);
        return true;
    }

    /// <summary>Says which token was drawn.</summary>
    public void Accept(int token)
    {
        _context.AsSpan(1).CopyTo(_context);
        _context[^1] = token;
    }
}
