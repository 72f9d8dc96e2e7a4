using Stillwatch.Provenance.Lineage;
using Stillwatch.Statistics;
using Stillwatch.Tests.Statistics;

namespace Stillwatch.Provenance.Tests.Lineage;

public sealed class ProvenanceTestTests
{
    [Fact]
    public void AgainstControl_OfASuspectNearerToNeither_IsSuperUniform() =>
        NullCalibration.AssertSuperUniform(
            11,
            static (ref SeededGenerator generator) =>
            {
                var (teacher, control) = (new double[60], new double[60]);
                for (var i = 0; i < teacher.Length; i++)
                {
                    // Prompts differ in how alike all answers are; agreement is whole numbers, so that ties occur.
                    (teacher[i], control[i]) = (generator.Next(1 + i / 20), generator.Next(1 + i / 20));
                }

                return ProvenanceTest.AgainstControl(teacher, control);
            });

    [Fact]
    public void AgainstControl_OfAStudent_Rejects()
    {
        var teacher = Enumerable.Range(0, 100).Select(static i => i % 3 == 0 ? 0.2 : 0.9).ToArray();
        var control = Enumerable.Repeat(0.5, 100).ToArray();
        Assert.Equal(BinomialTail.AtLeast(66, 100, 0.5), ProvenanceTest.AgainstControl(teacher, control));
    }

    [Fact]
    public void AgainstAll_IsTheWeakest()
    {
        Assert.Equal(0.2, ProvenanceTest.AgainstAll([PValue.FromProbability(0.01), PValue.FromProbability(0.2)]).Probability, 1e-12);
        Assert.Throws<ArgumentException>(static () => ProvenanceTest.AgainstAll([]));
    }

    [Fact]
    public void PublishedZ_IsThatOfTwoShares() =>
        Assert.Equal(0.1 / Math.Sqrt(2 * 0.25 * 0.75 / 500), ProvenanceTest.PublishedZ(0.3, 0.2, 500), 1e-12);

    [Fact]
    public void Opening_ComparesWordsNotMarks()
    {
        Assert.Equal(1, AnswerSimilarity.Opening("Sure! Here is a list", "sure, here it goes", 2));
        Assert.Equal(0, AnswerSimilarity.Opening("Sure! Here is a list", "sure, here it goes", 3));
        Assert.Equal(0, AnswerSimilarity.Opening("", "", 1));
    }

    [Fact]
    public void Overlap_OfEqualAnswersIsOneAndOfOthersZero()
    {
        var one = AnswerSimilarity.Sequences("the quick brown fox jumps", 2);
        Assert.Equal(4, one.Count);
        Assert.Equal(1, AnswerSimilarity.Overlap(one, one, static _ => 2.5), 1e-12);
        Assert.Equal(0, AnswerSimilarity.Overlap(one, AnswerSimilarity.Sequences("a lazy dog sleeps", 2), static _ => 1));
        var half = AnswerSimilarity.Sequences("the quick brown dog sleeps", 2);
        Assert.Equal(0.5, AnswerSimilarity.Overlap(one, half, static _ => 1), 1e-12);
    }

    [Fact]
    public void Style_OfOneHand_IsNearerThanAnothers()
    {
        var (first, second, other) = (new StyleProfile(), new StyleProfile(), new StyleProfile());
        first.Add("The ship was in the harbour and the men were on the deck, and the wind was in the sails of the ship.");
        second.Add("The dog was in the garden and the cats were on the wall, and the sun was in the eyes of the dog.");
        other.Add("Buy now! Great offers, great prices; shop online today, save money, win prizes, tell friends everywhere.");
        Assert.True(first.SimilarityTo(second) > first.SimilarityTo(other) + 0.1);
        Assert.Equal(1, first.SimilarityTo(first), 1e-9);
        Assert.Equal(0, first.SimilarityTo(new()));
    }

    [Fact]
    public void OutputLayer_OfOneModel_IsKnownAndOfAnotherIsNot()
    {
        var generator = new SeededGenerator(3);
        var (layer, otherLayer) = (Matrix(200, 12, ref generator), Matrix(200, 12, ref generator));
        var image = new OutputLayerImage(Logits(layer, 40, ref generator));
        Assert.Equal(12, image.Rank);
        Assert.True(image.Gap > 1e6);
        Assert.Equal(1, image.ShareOf(Logits(layer, 5, ref generator)), 1e-9);
        Assert.InRange(image.ShareOf(Logits(otherLayer, 20, ref generator)), 0, 0.2);
        Assert.Throws<ArgumentException>(static () => new OutputLayerImage([[1.0, 2.0]]));
    }

    private static double[][] Matrix(int rows, int columns, ref SeededGenerator generator)
    {
        var matrix = new double[rows][];
        for (var row = 0; row < rows; row++)
        {
            matrix[row] = new double[columns];
            for (var column = 0; column < columns; column++)
            {
                matrix[row][column] = generator.NextDouble() - 0.5;
            }
        }

        return matrix;
    }

    private static double[][] Logits(double[][] layer, int prompts, ref SeededGenerator generator)
    {
        var hidden = Matrix(prompts, layer[0].Length, ref generator);
        return [.. hidden.Select(state => layer.Select(row => row.Zip(state, static (a, b) => a * b).Sum()).ToArray())];
    }
}
