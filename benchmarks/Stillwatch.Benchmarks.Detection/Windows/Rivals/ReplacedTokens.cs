using Stillwatch.Statistics;

namespace Stillwatch.Benchmarks.Detection.Windows.Rivals;

/// <summary>A substitute for DATE: how often the words of a query look replaced to a discriminator trained on the reference.</summary>
/// <remarks>
/// Manolache, Brad and Burceanu, "DATE", NAACL 2021, as adapted to windows by arXiv 2606.05725, is an ELECTRA of two transformers. Kept: 50
/// mask patterns at a ratio of one half, at most 128 tokens, five epochs, replacements by a learned generator, the anomaly 1 - mean
/// probability of being original, both sides. Replaced: the generator draws a successor of the word to the left, seen in the reference, or
/// else any word of it; the discriminator is a logistic regression on the word and its two neighbouring pairs, by AdaGrad (Duchi et al.
/// 2011). Left out: the head that recognises the mask pattern, which the published score does not use. Its figures are those of the
/// substitute. Immutable once fitted; safe from any thread.
/// </remarks>
internal sealed class ReplacedTokens : IWindowScore
{
    private const int Patterns = 50;
    private const int MaxTokens = 128;
    private const int Epochs = 5;

    private readonly double[] _anomalies;

    public ReplacedTokens(WindowSetting setting)
    {
        var generator = new SeededGenerator(setting.Seed, stream: 50);
        var texts = setting.Queries.Queries.Select(static query => query.Words.Take(MaxTokens).ToArray()).ToArray();
        int[] order = [.. setting.Reference];
        var replacements = new SuccessorSampler(order.Select(query => texts[query]));
        var patterns = new bool[Patterns][];
        for (var pattern = 0; pattern < Patterns; pattern++)
        {
            patterns[pattern] = Pattern(ref generator);
        }

        var discriminator = new TokenDiscriminator();
        for (var epoch = 0; epoch < Epochs; epoch++)
        {
            generator.Shuffle<int>(order);
            foreach (var query in order)
            {
                Train(discriminator, texts[query], patterns[generator.Next(Patterns)], replacements, ref generator);
            }
        }

        _anomalies = Array.ConvertAll(texts, discriminator.Anomaly);
    }

    /// <inheritdoc/>
    public double Of(ReadOnlySpan<int> window) => QueryMean.Of(_anomalies, window);

    private static bool[] Pattern(ref SeededGenerator generator)
    {
        var masked = new bool[MaxTokens];
        Array.Fill(masked, true, 0, MaxTokens / 2);
        generator.Shuffle<bool>(masked);
        return masked;
    }

    private static void Train(
        TokenDiscriminator discriminator, ulong[] text, bool[] masked, SuccessorSampler replacements, ref SeededGenerator generator)
    {
        var corrupted = (ulong[])text.Clone();
        for (var i = 0; i < text.Length; i++)
        {
            if (masked[i])
            {
                corrupted[i] = replacements.After(i == 0 ? 0 : corrupted[i - 1], ref generator);
            }
        }

        for (var i = 0; i < text.Length; i++)
        {
            discriminator.Learn(corrupted, i, original: corrupted[i] == text[i]);
        }
    }
}
