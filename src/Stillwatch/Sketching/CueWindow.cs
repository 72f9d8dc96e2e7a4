namespace Stillwatch.Sketching;

/// <summary>
/// Looks for cues that end with the word just read: the last words' sequences of every length up to
/// <see cref="ElicitationLexicon.MaxWords"/>, each from the one before.
/// </summary>
/// <remarks>A sequence begins at 0, and a missing word adds nothing to it; so the first words of a text need no care.</remarks>
internal struct CueWindow
{
    private ulong _one;
    private ulong _two;
    private ulong _three;

    /// <summary>Takes the next word; gives the kinds of the cues that end with it.</summary>
    public Elicitation Add(ulong word)
    {
        var four = ElicitationLexicon.Extend(_three, word);
        (_one, _two, _three) = (word, ElicitationLexicon.Extend(_one, word), ElicitationLexicon.Extend(_two, word));
        return ElicitationLexicon.Of(_one) | ElicitationLexicon.Of(_two) | ElicitationLexicon.Of(_three) | ElicitationLexicon.Of(four);
    }
}
