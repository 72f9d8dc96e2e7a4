using System.Text.RegularExpressions;

namespace Stillwatch.Provenance.Tokenising;

/// <summary>Splits a text into the pieces within which bytes are merged. Immutable; safe from any thread.</summary>
internal sealed class TextSplitter
{
    private readonly IReadOnlyList<Regex> _steps;

    /// <param name="steps">Each splits what the one before left: what it matches is a piece, and so is what lies between.</param>
    public TextSplitter(params IReadOnlyList<Regex> steps) => _steps = steps;

    /// <summary>The pieces, in order; together they are the text.</summary>
    /// <exception cref="InvalidDataException">A pattern took too long.</exception>
    public IEnumerable<Range> Pieces(string text)
    {
        var (shadow, starts) = CharacterClasses.Of(text);
        List<Range> pieces = text.Length > 0 ? [0..shadow.Length] : [];
        foreach (var step in _steps)
        {
            var finer = new List<Range>();
            foreach (var piece in pieces)
            {
                Split(shadow, piece, step, finer);
            }

            pieces = finer;
        }

        return starts is null ? pieces : pieces.Select(piece => starts[piece.Start.Value]..starts[piece.End.Value]);
    }

    private static void Split(string shadow, Range piece, Regex step, List<Range> finer)
    {
        var (first, done) = (piece.Start.Value, piece.Start.Value);
        try
        {
            // A pattern sees no more than the piece, so that nothing beyond it decides.
            foreach (var match in step.EnumerateMatches(shadow.AsSpan(piece)))
            {
                Add(done, first + match.Index);
                Add(first + match.Index, first + match.Index + match.Length);
                done = first + match.Index + match.Length;
            }
        }
        catch (RegexMatchTimeoutException)
        {
            throw new InvalidDataException("The tokeniser's pattern takes too long for this text.");
        }

        Add(done, piece.End.Value);

        void Add(int from, int to)
        {
            if (to > from)
            {
                finer.Add(from..to);
            }
        }
    }
}
