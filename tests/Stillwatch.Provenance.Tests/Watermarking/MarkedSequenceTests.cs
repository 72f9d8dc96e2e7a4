using Stillwatch.Provenance.Watermarking;
using Stillwatch.Statistics;

namespace Stillwatch.Provenance.Tests.Watermarking;

public sealed class MarkedSequenceTests
{
    /// <summary>Told from the text alone, and by a sequence that remembers: few different tokens, so that contexts come again.</summary>
    [Fact]
    public void IsMarked_AtEveryStep_IsWhatASequenceRemembers()
    {
        var (generator, repeats) = (new SeededGenerator(31), 0);
        for (var round = 0; round < 300; round++)
        {
            var (width, prompt) = (generator.Next(5), generator.Next(6));
            var (sequence, tokens) = (new MarkedSequence(width), new List<int>());
            for (var step = 0; step < 40; step++)
            {
                if (step >= prompt)
                {
                    var isMarked = MarkedSequence.IsMarked<int>(tokens.ToArray(), prompt, width);
                    Assert.Equal(sequence.TakeMark(), isMarked);
                    repeats += isMarked || tokens.Count < width ? 0 : 1;
                }

                tokens.Add(generator.Next(3));
                sequence.Accept(tokens[^1]);
            }
        }

        Assert.True(repeats > 1000, "Contexts have to come again for this to test anything.");
    }
}
