using System.Numerics;

namespace Stillwatch.Provenance.Watermarking;

/// <summary>The last tokens of one sequence, and which contexts it has marked. One a sequence; not thread-safe.</summary>
/// <remarks>
/// A context that comes again is not marked again: it would push towards the same tokens, make text repetitive, and add no evidence.
/// </remarks>
public sealed class MarkedSequence
{
    private readonly int[] _context;
    private readonly FingerprintSet _marked = new();
    private int _length;

    /// <param name="contextWidth">Of the scheme.</param>
    public MarkedSequence(int contextWidth)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(contextWidth);
        _context = new int[contextWidth];
    }

    /// <summary>The tokens before the next one, oldest first; meaningful once <see cref="IsLongEnough"/>.</summary>
    internal ReadOnlySpan<int> Context => _context;

    /// <summary>Whether there is a whole context.</summary>
    internal bool IsLongEnough => _length >= _context.Length;

    /// <summary>Says which token comes next: of the prompt or of the output.</summary>
    public void Accept(int token)
    {
        if (_context.Length > 0)
        {
            _context.AsSpan(1).CopyTo(_context);
            _context[^1] = token;
        }

        _length = Math.Min(_length + 1, _context.Length);
    }

    /// <summary>
    /// Whether the token after a text is to be marked, told from the text alone: for hosts that have it whole at each step, and would
    /// have to say when sequences begin, fork and end.
    /// </summary>
    /// <param name="tokens">The prompt and what was drawn.</param>
    /// <param name="prompt">How many of them are the prompt.</param>
    /// <param name="contextWidth">Of the scheme.</param>
    public static bool IsMarked<T>(ReadOnlySpan<T> tokens, int prompt, int contextWidth)
        where T : struct, IBinaryInteger<T>
    {
        ArgumentOutOfRangeException.ThrowIfNegative(contextWidth);
        ArgumentOutOfRangeException.ThrowIfNegative(prompt);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(prompt, tokens.Length);
        if (contextWidth == 0 || tokens.Length < contextWidth)
        {
            return contextWidth == 0;
        }

        // The contexts of the steps before: each ends before the last token and at or after the prompt's end.
        var before = tokens[Math.Max(0, prompt - contextWidth)..^1];
        return before.IndexOf(tokens[^contextWidth..]) < 0;
    }

    /// <summary>Whether the next token is to be marked; asked once a step. Without context every step is.</summary>
    internal bool TakeMark() => IsLongEnough && (_context.Length == 0 || _marked.Add(PairIdentity.Of(_context, 0).List));
}
