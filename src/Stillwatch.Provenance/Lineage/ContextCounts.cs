using Stillwatch.Provenance.Watermarking;

namespace Stillwatch.Provenance.Lineage;

/// <summary>How often a suspect said each token after each context: all that a closed test needs of its outputs. One writer.</summary>
public sealed class ContextCounts
{
    private readonly Dictionary<ulong, (int[] Context, Dictionary<int, int> Tokens)> _contexts = [];

    /// <param name="width">Tokens of a context, 0 to <see cref="KeyedGreenBits.MaxContextWidth"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">The width is out of range.</exception>
    public ContextCounts(int width)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(width);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(width, KeyedGreenBits.MaxContextWidth);
        Width = width;
    }

    /// <summary>Tokens of a context.</summary>
    public int Width { get; }

    /// <summary>Tokens that were counted.</summary>
    public long Total { get; private set; }

    /// <summary>Contexts with what followed, in an order that depends on the counts' content alone.</summary>
    public IEnumerable<(int[] Context, IReadOnlyDictionary<int, int> Tokens)> Contexts =>
        _contexts.OrderBy(static entry => entry.Key)
            .Select(static entry => (entry.Value.Context, (IReadOnlyDictionary<int, int>)entry.Value.Tokens));

    /// <summary>Takes in an answer; contexts that occur in the prompt do not count (the "tape" rule of Sander et al.).</summary>
    public void Add(ReadOnlySpan<int> prompt, ReadOnlySpan<int> completion)
    {
        var tape = new HashSet<ulong>();
        for (var end = Width; end <= prompt.Length && Width > 0; end++)
        {
            tape.Add(PairIdentity.Of(prompt[(end - Width)..end], 0).List);
        }

        for (var place = Width; place < completion.Length; place++)
        {
            Add(completion[(place - Width)..place], completion[place], tape);
        }
    }

    /// <summary>What followed a context; null if it did not occur.</summary>
    internal IReadOnlyDictionary<int, int>? Find(ReadOnlySpan<int> context) =>
        _contexts.TryGetValue(PairIdentity.Of(context, 0).List, out var entry) ? entry.Tokens : null;

    /// <summary>The contexts that occurred so many times.</summary>
    internal ContextCounts Between(int least, int most)
    {
        var chosen = new ContextCounts(Width);
        foreach (var (id, entry) in _contexts)
        {
            var times = entry.Tokens.Values.Sum();
            if (times >= least && times <= most)
            {
                chosen._contexts.Add(id, entry);
                chosen.Total += times;
            }
        }

        return chosen;
    }

    private void Add(ReadOnlySpan<int> context, int token, HashSet<ulong> tape)
    {
        var id = PairIdentity.Of(context, 0).List;
        if (tape.Contains(id))
        {
            return;
        }

        if (!_contexts.TryGetValue(id, out var entry))
        {
            _contexts.Add(id, entry = (context.ToArray(), []));
        }

        entry.Tokens[token] = entry.Tokens.GetValueOrDefault(token) + 1;
        Total++;
    }
}
