using Stillwatch.Provenance.Lineage;
using Stillwatch.Provenance.Watermarking;
using Stillwatch.Statistics;
using Stillwatch.Tests.Statistics;

namespace Stillwatch.Provenance.Tests.Lineage;

public sealed class SupervisedEvidenceTests
{
    private static readonly MarkovModel Teacher = MarkovModel.Draw(60, seed: 1);

    /// <summary>The marked texts are drawn anew under each key, for which contexts they come to depends on it.</summary>
    [Theory]
    [InlineData(20)]
    [InlineData(200)]
    public void Evidence_OverRandomKeysAndTheirTexts_IsFair(int length)
    {
        var pairs = WeightedPairs.Of(Counts(Teacher.Write(400, seed: 2)), Weighting.StandardizedCount, Teacher);
        NullCalibration.AssertExpectationAtMostOne(
            91,
            (ref SeededGenerator generator) =>
            {
                var key = Key(generator.NextUInt64());
                return SupervisedEvidence.Of(pairs, Contexts(Teacher.Write(length, generator.NextUInt64(), key)), key);
            },
            nulls: 1500);
    }

    [Fact]
    public void Student_OfMarkedTextsThatAreKnown_IsFoundUnderTheirKeyOnly()
    {
        using var key = Key(7);
        var marked = Teacher.Write(30_000, 5, key);
        var student = MarkovModel.Train(marked, Teacher, 300);
        var said = student.Write(20_000, seed: 6);
        var pairs = WeightedPairs.Of(Counts(said), Weighting.StandardizedCount, Teacher);
        var supervised = SupervisedEvidence.Of(pairs, Contexts(marked), key);
        Assert.True(supervised.Rejects(1e-6), $"{supervised}");
        using var other = Key(8);
        Assert.False(SupervisedEvidence.Of(pairs, Contexts(marked), other).Rejects(1e-3));
    }

    [Fact]
    public void Contexts_OfAText_BeginInItsPrompt()
    {
        var contexts = new MarkedContexts(2);
        contexts.Add([1, 2, 3], [4, 5]);
        Assert.Equal(2, contexts.Count);
        contexts.Add([], [2, 3, 9]);
        Assert.Equal(2, contexts.Count);
        contexts.Add([], [9, 9]);
        Assert.Equal(2, contexts.Count);
    }

    [Fact]
    public void Evidence_OfContextsThatNoTextCameTo_IsNone()
    {
        using var key = Key(7);
        var pairs = WeightedPairs.Of(Counts(Teacher.Write(400, seed: 2)), Weighting.Count);
        Assert.Equal(EValue.One, SupervisedEvidence.Of(pairs, new MarkedContexts(1), key));
    }

    private static ContextCounts Counts(int[] said)
    {
        var counts = new ContextCounts(1);
        counts.Add([], said);
        return counts;
    }

    private static MarkedContexts Contexts(int[] text)
    {
        var contexts = new MarkedContexts(1);
        contexts.Add([], text);
        return contexts;
    }

    private static KeyedGreenBits Key(ulong number)
    {
        var key = new byte[16];
        BitConverter.TryWriteBytes(key, number);
        key[15] = 1;
        return new(key, 1);
    }
}
