using Stillwatch.Provenance.Watermarking;

namespace Stillwatch.Provenance.Lineage;

/// <summary>
/// The published test whether a suspect was trained on marked outputs: whether its own outputs hold more green tokens than chance. One
/// writer.
/// </summary>
/// <remarks>
/// Sander et al., "Watermarking makes language models radioactive", NeurIPS 2024. Windows that occur in the prompt do not count, because a
/// model copies what it has just read ("tape"); each pair counts once. Late pairs are rarer and carry less, so that evidence may fall as
/// text is added; <see cref="WeightedPairs"/> is the stronger test. Prompts must not depend on the key otherwise.
/// </remarks>
public sealed class RadioactivityTest
{
    private readonly IGreenList _list;
    private readonly GreenListDetector _detector;

    /// <param name="list">The scheme with its key.</param>
    /// <param name="deduplication">What counts.</param>
    public RadioactivityTest(IGreenList list, Deduplication deduplication = Deduplication.PairsOnce)
    {
        ArgumentNullException.ThrowIfNull(list);
        (_list, _detector) = (list, new(list, deduplication));
    }

    /// <summary>Takes in what the suspect answered (closed access).</summary>
    /// <param name="prompt">Its windows do not count; empty where there was none.</param>
    /// <param name="completion">The answer; windows lie within it.</param>
    public void AddCompletion(ReadOnlySpan<int> prompt, ReadOnlySpan<int> completion)
    {
        var width = _list.ContextWidth;
        var tape = WindowsOf(prompt, width);
        for (var place = width; place < completion.Length; place++)
        {
            var window = completion[(place - width)..place];
            if (width == 0 || !tape.Contains(PairIdentity.Of(window, 0).List))
            {
                _detector.Add(window, completion[place]);
            }
        }
    }

    /// <summary>Takes in what the suspect would say next after each token of a text it reads (open access, "reading mode").</summary>
    /// <param name="text">The text.</param>
    /// <param name="predicted">For each token the most likely next one; of equal length.</param>
    public void AddReading(ReadOnlySpan<int> text, ReadOnlySpan<int> predicted)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(predicted.Length, text.Length);
        var width = _list.ContextWidth;
        var seen = new HashSet<ulong>();
        for (var end = width; end <= text.Length && end > 0; end++)
        {
            var window = text[(end - width)..end];
            if (seen.Add(PairIdentity.Of(window, 0).List))
            {
                _detector.Add(window, predicted[end - 1]);
            }
        }
    }

    /// <summary>The result so far; to look and go on needs <see cref="GreenEProcess"/>.</summary>
    public GreenDetection Result() => _detector.Result();

    internal static HashSet<ulong> WindowsOf(ReadOnlySpan<int> tokens, int width)
    {
        var windows = new HashSet<ulong>();
        for (var end = width; end <= tokens.Length && width > 0; end++)
        {
            windows.Add(PairIdentity.Of(tokens[(end - width)..end], 0).List);
        }

        return windows;
    }
}
