using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Stillwatch.Interactions;
using Stillwatch.Sketching;

namespace Stillwatch.Tests.Sketching;

public sealed class InteractionSketcherTests
{
    private static readonly string[] Vocabulary =
        [.. "rubric step by the reasoning explain grade this please theorem kettle orbit lantern quarry 12 of a , . your".Split(' ')];

    [Fact]
    public void Words_OfAnyPrompt_AreTheSmallestHashesOfItsContentWords()
    {
        var prompts = Gen.Choose(0, 400).ListOf(60).Select(static numbers => string.Join(' ', numbers.Select(static n => $"{Letters(n)}")));
        Prop.ForAll(prompts.ToArbitrary(), static prompt =>
        {
            var expected = Words(prompt).Where(static word => word.Length >= 4 && !StopWords.Contains(word.Hash))
                .Select(static word => (uint)(word.Hash >> 32)).Distinct().Order().Take(InteractionSketch.MaxWords);
            return Sketch(prompt).Words.ToArray().SequenceEqual(expected);
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Elicitation_OfAnyPrompt_IsThatOfEveryRunOfUpToFourWords()
    {
        var prompts = Gen.Elements(Vocabulary).ListOf(25).Select(static words => string.Join(' ', words));
        Prop.ForAll(prompts.ToArbitrary(), static prompt =>
        {
            var words = Words(prompt).Select(static word => word.Hash).ToArray();
            var expected = Elicitation.None;
            for (var start = 0; start < words.Length; start++)
            {
                for (var length = 1; length <= ElicitationLexicon.MaxWords && start + length <= words.Length; length++)
                {
                    expected |= ElicitationLexicon.Of(words[start..(start + length)].Aggregate(0ul, ElicitationLexicon.Extend));
                }
            }

            return Sketch(prompt).Elicitation == expected;
        }).QuickCheckThrowOnFailure();
    }

    [Theory]
    [InlineData("Think step by step.", Elicitation.Reasoning)]
    [InlineData("Grade this essay by the rubric.", Elicitation.Rubric)]
    [InlineData("Rewrite it in neutral wording.", Elicitation.Rewriting)]
    [InlineData("Which tool do you call? Return a tool call.", Elicitation.Agentic)]
    [InlineData("What time is it in Lima?", Elicitation.None)]
    public void Elicitation_OfAPrompt_NamesWhatItAsksFor(string prompt, Elicitation expected) =>
        Assert.Equal(expected, Sketch(prompt).Elicitation);

    [Fact]
    public void Phrases_OfALongPrompt_AreThoseOfItsEnds()
    {
        var filler = string.Concat(Enumerable.Range(0, 50).Select(static i => $"Sentence {Letters(i)} in the middle. "));
        var one = Sketch($"The very first instruction. {filler}Answer in one line.").Phrases.ToArray();
        var other = Sketch($"The very first instruction. Nothing like it here. Answer in one line.").Phrases.ToArray();
        Assert.Equal(InteractionSketch.MaxPhrases, one.Length);
        Assert.Equal(one[0], other[0]);
        Assert.Equal(one[^1], other[^1]);
        Assert.Equal(2, one.Intersect(other).Count());
    }

    [Fact]
    public void Sketch_OfOneAfterAnother_KeepsNothingOfTheFirst()
    {
        var (sketcher, sketch) = (new InteractionSketcher(), new InteractionSketch());
        sketcher.Sketch(Asking("Explain step by step how the lantern works. Then the kettle."), sketch);
        sketcher.Sketch(new() { ObservedAtMs = 0, Account = new("a"), Model = "m" }, sketch);
        Assert.Equal((0ul, 0ul, Elicitation.None), (sketch.Prompt, sketch.System, sketch.Elicitation));
        Assert.Equal((0, 0), (sketch.PromptBytes, sketch.Messages));
        Assert.Equal((0, 0), (sketch.Words.Length, sketch.Phrases.Length));
    }

    /// <summary>Whoever goes on with a conversation can be told from whoever began it.</summary>
    [Theory]
    [InlineData("Write a parser for dates, please.")]
    [InlineData("")]
    [InlineData("12 34; ?")]
    [InlineData("longer than what is read")]
    public void Opening_OfAConversation_IsThePromptThatBeganIt(string first)
    {
        var text = first.StartsWith("longer", StringComparison.Ordinal)
            ? string.Join(' ', Enumerable.Range(0, 40_000).Select(Letters))
            : first;
        var (begun, continued) = (Sketch(text), Sketch(text, "Here.", "Now the tests."));
        Assert.Equal((0ul, begun.Prompt), (begun.Opening, continued.Opening));
        Assert.NotEqual(0ul, continued.Opening);
        Assert.NotEqual(begun.Prompt, continued.Prompt);
    }

    private static string Letters(int number) => new([.. $"{number:000}".Select(static digit => (char)('a' + digit - '0')), 'x']);

    private static List<(ulong Hash, int Length)> Words(string text)
    {
        var words = new List<(ulong, int)>();
        var scanner = new PromptScanner(Encoding.UTF8.GetBytes(text));
        for (var token = scanner.Next(); token != PromptToken.End; token = scanner.Next())
        {
            if (token == PromptToken.Word)
            {
                words.Add((scanner.Word, scanner.WordLength));
            }
        }

        return words;
    }

    /// <summary>Of a request with messages of the user and the assistant in turn.</summary>
    private static InteractionSketch Sketch(params string[] messages)
    {
        var sketch = new InteractionSketch();
        new InteractionSketcher().Sketch(Asking(messages), sketch);
        return sketch;
    }

    private static Interaction Asking(params string[] messages) => new()
    {
        ObservedAtMs = 0,
        Account = new("a"),
        Model = "m",
        Request = new()
        {
            Messages = [.. messages.Select(static (text, index) =>
                new PromptMessage(index % 2 == 0 ? "user" : "assistant", Encoding.UTF8.GetBytes(text)))],
        },
    };
}
