using Stillwatch.Provenance.Lineage;
using Stillwatch.Provenance.Watermarking;

namespace Stillwatch.Provenance.Tests.Lineage;

public sealed class RadioactivityTestTests
{
    private static readonly KeyedGreenBits Bits = new(new byte[16], contextWidth: 2);

    [Fact]
    public void Windows_OfThePrompt_DoNotCount()
    {
        var test = new RadioactivityTest(Bits);
        test.AddCompletion([8, 1, 2, 9], [1, 2, 3, 4]);

        // (1, 2) is on the tape; (2, 3) is not.
        Assert.Equal(1, test.Result().Scored);
    }

    [Fact]
    public void Pairs_CountOnceOverAllAnswers()
    {
        var test = new RadioactivityTest(Bits);
        test.AddCompletion([], [1, 2, 3, 4]);
        test.AddCompletion([], [1, 2, 3, 5]);
        Assert.Equal(3, test.Result().Scored);
        Assert.Equal(1, test.Result().Repeats);
    }

    [Fact]
    public void Reading_WindowsOnceInATextAndPairsOnceOverall()
    {
        var test = new RadioactivityTest(Bits);
        test.AddReading([1, 2, 1, 2], [7, 8, 9, 10]);
        test.AddReading([1, 2], [7, 8]);

        // Windows (1, 2) -> 8 and (2, 1) -> 9; the second (1, 2) -> 10 is the window again, and (1, 2) -> 8 the pair again.
        Assert.Equal(2, test.Result().Scored);
    }

    [Fact]
    public void Student_OfMarkedText_IsFoundAndOfUnmarkedTextIsNot()
    {
        var teacher = MarkovModel.Draw(60, seed: 1);
        using var bits = new KeyedGreenBits(new byte[16], contextWidth: 1);
        var marked = MarkovModel.Train(teacher.Write(60_000, 2, bits), teacher, 30).Write(20_000, 3);
        var clean = MarkovModel.Train(teacher.Write(60_000, 2), teacher, 30).Write(20_000, 3);
        Assert.True(TestOf(marked, bits).Test.Rejects(1e-6), $"{TestOf(marked, bits)}");
        Assert.False(TestOf(clean, bits).Test.Rejects(1e-3), $"{TestOf(clean, bits)}");
    }

    private static GreenDetection TestOf(int[] text, KeyedGreenBits bits)
    {
        var test = new RadioactivityTest(bits);
        test.AddCompletion([], text);
        return test.Result();
    }
}
