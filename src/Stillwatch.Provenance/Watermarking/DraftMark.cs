using Stillwatch.Statistics;

namespace Stillwatch.Provenance.Watermarking;

/// <summary>Marks text of a model that is somebody else's, by choosing among drafts that it wrote. Over the keys each draft is as likely to
/// be chosen as any other, so that the text is distributed as one draft is.</summary>
/// <remarks>
/// After Bahri and Wieting, "A watermark for black-box language models" (TMLR 2026), with the production mark's bits in place of uniform
/// numbers. Of each different draft the distinct (context, word) count; one that several have goes to one of them by chance, so that no
/// bit counts twice. The number of green ones has a binomial distribution; its distribution function, smoothed by a uniform number, is
/// uniform: S. Of drafts that came c times out of n the one with the largest ln(S) n / c is chosen, which has the probability c / n
/// (the Gumbel-max trick). What is chosen leans to green, and <see cref="GreenListDetector"/> finds it by the exact binomial tail.
/// </remarks>
public static class DraftMark
{
    /// <summary>Chooses a draft.</summary>
    /// <param name="bits">The key's colours, of (context of words, word).</param>
    /// <param name="drafts">Texts of one model for one prompt, at least one; those without words are equal.</param>
    /// <param name="uniform">Randomness that does not depend on the key.</param>
    /// <returns>Its place.</returns>
    public static int Choose(KeyedGreenBits bits, IReadOnlyList<string> drafts, ref SeededGenerator uniform)
    {
        ArgumentNullException.ThrowIfNull(bits);
        ArgumentNullException.ThrowIfNull(drafts);
        ArgumentOutOfRangeException.ThrowIfZero(drafts.Count, nameof(drafts));
        var different = new List<(int[] Words, List<int> Places)>();
        for (var place = 0; place < drafts.Count; place++)
        {
            var words = WordIds.Of(drafts[place]);
            var known = different.FindIndex(draft => draft.Words.AsSpan().SequenceEqual(words));
            if (known < 0)
            {
                different.Add((words, [place]));
            }
            else
            {
                different[known].Places.Add(place);
            }
        }

        var counts = Count(bits, different, ref uniform);
        var (best, highest) = (0, double.NegativeInfinity);
        for (var i = 0; i < different.Count; i++)
        {
            var score = Math.Log(Uniform(counts[i], ref uniform)) * drafts.Count / different[i].Places.Count;
            (best, highest) = score > highest ? (i, score) : (best, highest);
        }

        return different[best].Places[uniform.Next(different[best].Places.Count)];
    }

    /// <summary>Of each draft the pairs that are its own, and the green ones among them.</summary>
    private static (int Scored, int Green)[] Count(
        KeyedGreenBits bits, List<(int[] Words, List<int> Places)> drafts, ref SeededGenerator uniform)
    {
        var owners = new Dictionary<ulong, (int Owner, int Sharers, bool IsGreen)>();
        for (var draft = 0; draft < drafts.Count; draft++)
        {
            var (words, own) = (drafts[draft].Words, new HashSet<ulong>());
            for (var i = bits.ContextWidth; i < words.Length; i++)
            {
                var context = words.AsSpan(i - bits.ContextWidth, bits.ContextWidth);
                var pair = PairIdentity.Of(context, words[i]).Pair;
                if (!own.Add(pair))
                {
                    continue;
                }

                // The k-th that has it takes it over with probability 1/k: each is its owner with the same probability.
                var (owner, sharers, isGreen) = owners.TryGetValue(pair, out var known)
                    ? known
                    : (draft, 0, bits.IsGreen(context, words[i]));
                owners[pair] = (uniform.Next(sharers + 1) == 0 ? draft : owner, sharers + 1, isGreen);
            }
        }

        var counts = new (int Scored, int Green)[drafts.Count];
        foreach (var pair in owners.Values)
        {
            var (scored, green) = counts[pair.Owner];
            counts[pair.Owner] = (scored + 1, green + (pair.IsGreen ? 1 : 0));
        }

        return counts;
    }

    /// <summary>The distribution function of the binomial at the count, with a uniform share of the count's own probability.</summary>
    private static double Uniform((int Scored, int Green) count, ref SeededGenerator uniform)
    {
        var below = count.Green == 0 ? 0 : BinomialTail.AtMost(count.Green - 1, count.Scored, 0.5).Probability;
        var upTo = count.Scored == 0 ? 1 : BinomialTail.AtMost(count.Green, count.Scored, 0.5).Probability;
        return below + ((1 - uniform.NextDouble()) * (upTo - below));
    }
}
