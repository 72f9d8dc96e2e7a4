using Stillwatch.Provenance.Lineage;
using Stillwatch.Provenance.Watermarking;
using Stillwatch.Statistics;

namespace Stillwatch.Cli.Verbs.Marks;

/// <summary>What a search for a mark found.</summary>
/// <param name="Test">The p-value.</param>
/// <param name="Name">Of the test.</param>
/// <param name="Scored">Tokens that count.</param>
/// <param name="Counted">What was counted, in words.</param>
internal sealed record MarkFinding(PValue Test, string Name, long Scored, string Counted)
{
    /// <summary>A reference's arrays are as long as the largest id.</summary>
    private const int MaxReferenceId = 1 << 24;

    /// <summary>Green tokens among them; null where tokens are weighed.</summary>
    public long? Green { get; private init; }

    /// <summary>Tokens that came before; null where tokens are weighed.</summary>
    public long? Repeats { get; private init; }

    /// <summary>Counts each distinct (context, token) once.</summary>
    public static async Task<MarkFinding> CountAsync(MarkKey key, IAsyncEnumerable<int[]> texts, CancellationToken cancellation)
    {
        var detector = new GreenListDetector(key.Bits);
        await foreach (var text in texts.WithCancellation(cancellation))
        {
            detector.Add(text);
        }

        var result = detector.Result();
        return new(
            result.Test,
            "exact binomial tail, each distinct (context, token) once",
            result.Scored,
            MarkOptions.Text($"{result.Green} green of {result.Scored}; {result.Repeats} repeats left out"))
        {
            Green = result.Green,
            Repeats = result.Repeats,
        };
    }

    /// <summary>Weighs each (context, token) by how much more often it came than in other texts.</summary>
    /// <exception cref="InvalidDataException">There are no other texts, or an id is too large.</exception>
    public static async Task<MarkFinding> WeighAsync(
        MarkKey key, IAsyncEnumerable<int[]> texts, IAsyncEnumerable<int[]> others, CancellationToken cancellation)
    {
        var width = key.Label.ContextWidth;
        var (counts, plain) = (new ContextCounts(width), new List<int[]>());
        var highest = 0;
        await foreach (var text in texts.WithCancellation(cancellation))
        {
            counts.Add([], text);
            highest = text.Append(highest).Max();
        }

        await foreach (var text in others.WithCancellation(cancellation))
        {
            plain.Add(text);
            highest = text.Append(highest).Max();
        }

        if (plain.Count == 0 || highest > MaxReferenceId)
        {
            throw new InvalidDataException($"--reference needs texts, with ids up to {MaxReferenceId}.");
        }

        var pairs = WeightedPairs.Of(counts, Weighting.StandardizedCount, new CountedReference(plain, width, highest + 1));
        var result = pairs.Test(key.Bits);
        return new(
            result.Test,
            "rigorous bound (Chernoff) of the weighted sum of colours, weights from counts and a reference",
            counts.Total,
            MarkOptions.Text($"{counts.Total} tokens, {pairs.Count} (context, token) with a weight, {result.Deviations:0.0} deviations"));
    }
}
