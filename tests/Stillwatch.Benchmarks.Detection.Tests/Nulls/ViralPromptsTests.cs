using System.Text;
using Stillwatch.Benchmarks.Detection.Nulls;
using Stillwatch.Interactions;

namespace Stillwatch.Benchmarks.Detection.Tests.Nulls;

public sealed class ViralPromptsTests
{
    private const long HourMs = 60 * 60 * 1000;
    private const string Viral = "Pretend that you are my oldest friend and tell me honestly what I should change about my life.";

    private static readonly HashSet<AccountId> People = [.. Enumerable.Range(0, 400).Select(Person)];

    [Fact]
    public void Apply_WithinTheWave_CopiesOrWrapsItsShareOfTheOpenings()
    {
        var viral = new ViralPrompts(new(10, 24, 0.5, 1), 0, People);
        Assert.Equal([Viral], Texts(viral.Apply(Request(Person(0), 10, Viral))));
        var texts = Enumerable.Range(1, 399)
            .Select(number => Texts(viral.Apply(Request(Person(number), 11, $"Own words {number}")))[0]).ToList();
        var copies = texts.Count(static text => text == Viral);
        var wrapped = texts.Count(static text => text.StartsWith($"{Viral}\nOwn words ", StringComparison.Ordinal));
        Assert.InRange(copies, 60, 140);
        Assert.InRange(wrapped, 60, 140);
        Assert.Equal(399 - copies - wrapped, texts.Count(static text => text.StartsWith("Own words ", StringComparison.Ordinal)));
    }

    [Fact]
    public void Apply_LaterRequestOfAConversation_QuotesWhatWasSaid()
    {
        var viral = new ViralPrompts(new(10, 24, 0.999, 1), 0, People);
        _ = viral.Apply(Request(Person(0), 10, Viral));
        var opening = Texts(viral.Apply(Request(Person(1), 11, "Own words")))[0];
        Assert.StartsWith(Viral, opening, StringComparison.Ordinal);
        Assert.Equal([opening, "Why?"], Texts(viral.Apply(Request(Person(1), 12, "Own words", "Why?"))));
        Assert.Equal(["Own words", "Why?"], Texts(viral.Apply(Request(Person(2), 12, "Own words", "Why?"))));
    }

    [Fact]
    public void Apply_OutsideTheWaveOrByOthers_ChangesNothing()
    {
        var viral = new ViralPrompts(new(10, 24, 0.999, 1), 0, People);
        _ = viral.Apply(Request(Person(0), 10, Viral));
        Assert.Equal(["Own words"], Texts(viral.Apply(Request(Person(1), 34, "Own words"))));
        Assert.Equal(["Own words"], Texts(viral.Apply(Request(new("company"), 12, "Own words"))));
    }

    private static AccountId Person(int number) => new($"person-{number}");

    private static Interaction Request(AccountId account, int hour, params string[] messages) => new()
    {
        Account = account,
        ObservedAtMs = hour * HourMs,
        Model = "m",
        Request = new() { Messages = [.. messages.Select(static text => new PromptMessage("user", Encoding.UTF8.GetBytes(text)))] },
    };

    private static string[] Texts(Interaction interaction) =>
        [.. interaction.Request.Messages.Select(static message => Encoding.UTF8.GetString(message.Content.Span))];
}
