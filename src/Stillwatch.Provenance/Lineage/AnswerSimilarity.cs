using System.Text;

namespace Stillwatch.Provenance.Lineage;

/// <summary>How alike two answers to one prompt are. Stateless.</summary>
/// <remarks>Words are runs of letters and digits without case. Lengths enter only as the measure says.</remarks>
public static class AnswerSimilarity
{
    /// <summary>Whether the answers begin with the same words.</summary>
    /// <param name="first">An answer.</param>
    /// <param name="second">Another.</param>
    /// <param name="words">How many words must agree, at least 1; an answer of fewer agrees with none.</param>
    public static double Opening(string first, string second, int words)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(words, 1);
        var (left, right) = (Words(first).Take(words).ToArray(), Words(second).Take(words).ToArray());
        return left.Length == words && left.SequenceEqual(right, StringComparer.Ordinal) ? 1 : 0;
    }

    /// <summary>
    /// Shared word sequences, weighed by how rare they are: the sum of weights of shared ones over the geometric mean of the sums of both,
    /// which a longer answer does not raise by itself.
    /// </summary>
    /// <param name="first">Distinct sequences of an answer (<see cref="Sequences"/>).</param>
    /// <param name="second">Of another.</param>
    /// <param name="weight">Weight of a sequence, at least 0.</param>
    public static double Overlap(IReadOnlySet<string> first, IReadOnlySet<string> second, Func<string, double> weight)
    {
        ArgumentNullException.ThrowIfNull(first);
        ArgumentNullException.ThrowIfNull(second);
        ArgumentNullException.ThrowIfNull(weight);
        var (few, many) = first.Count < second.Count ? (first, second) : (second, first);
        var shared = few.Where(many.Contains).Sum(weight);
        return shared == 0 ? 0 : shared / Math.Sqrt(first.Sum(weight) * second.Sum(weight));
    }

    /// <summary>The distinct sequences of so many words.</summary>
    public static IReadOnlySet<string> Sequences(string answer, int words)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(words, 1);
        var all = Words(answer).ToArray();
        var sequences = new HashSet<string>(StringComparer.Ordinal);
        for (var end = words; end <= all.Length; end++)
        {
            sequences.Add(string.Join(' ', all[(end - words)..end]));
        }

        return sequences;
    }

    /// <summary>The words, in order.</summary>
    public static IEnumerable<string> Words(string answer)
    {
        ArgumentNullException.ThrowIfNull(answer);
        var word = new StringBuilder();
        foreach (var letter in answer)
        {
            if (char.IsLetterOrDigit(letter))
            {
                word.Append(char.ToLowerInvariant(letter));
            }
            else if (word.Length > 0)
            {
                yield return word.ToString();
                word.Clear();
            }
        }

        if (word.Length > 0)
        {
            yield return word.ToString();
        }
    }
}
