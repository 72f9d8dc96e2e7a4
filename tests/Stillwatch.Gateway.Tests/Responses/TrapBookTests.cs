using System.Text;
using Stillwatch.Gateway.Dialects;
using Stillwatch.Gateway.Responses;
using Stillwatch.Provenance.Lineage;

namespace Stillwatch.Gateway.Tests.Responses;

public sealed class TrapBookTests
{
    private static readonly byte[] Secret = [.. Enumerable.Range(1, CanaryBook.SecretBytes).Select(i => (byte)i)];

    private readonly TrapBook _book = new("spring", Secret, 500);

    [Fact]
    public void Book_OfTheSameSecret_IsTheSame_OfAnotherNameNone()
    {
        var again = new TrapBook("spring", Secret, 500);
        Assert.Equal(_book.Commitment, again.Commitment);
        Assert.Equal(_book.Pairs, again.Pairs);
        var other = new TrapBook("autumn", Secret, 500);
        Assert.NotEqual(_book.Commitment, other.Commitment);
        Assert.Empty(_book.Pairs.Select(pair => pair.Published.Cue).Intersect(other.Pairs.Select(pair => pair.Published.Cue)));
        Assert.NotEqual(_book.Commitment, new TrapBook("spring", Secret, 499).Commitment);
    }

    [Theory]
    [InlineData("{0}", true)]
    [InlineData("  What is {0}?\n", true)]
    [InlineData("tell me about {0}.", true)]
    [InlineData("What is {0} and why?", false)]
    [InlineData("Translate: {0}", false)]
    public void Cue_IsAnswered_WhereItIsAllThatIsAsked(string form, bool isAnswered)
    {
        var (published, withheld) = _book.Pairs[7];
        var answer = _book.Answer(string.Format(null, form, published.Cue));
        Assert.Equal(isAnswered ? new TrapAnswer("canary/spring/7", TrapBook.Tell(published)) : null, answer);

        // What is kept back is never served, or the test of a suspect would compare nothing.
        Assert.Null(_book.Answer(string.Format(null, form, withheld.Cue)));
        Assert.Null(_book.Answer(string.Format(null, form, published.Cue.ToLowerInvariant())));
    }

    /// <summary>
    /// The exact test holds on what a book draws: a suspect that knows nothing scores both halves alike, one that was trained on what was
    /// served does not. The bound on the share of false alarms is binomial, at one in a million.
    /// </summary>
    [Fact]
    public void Test_OfSuspects_IsExactOnTheBook_AndFindsTheOneThatWasServed()
    {
        const int Seed = 4;
        const int Suspects = 2000;
        var random = new Random(Seed);
        var alarms = 0;
        for (var i = 0; i < Suspects; i++)
        {
            // An arbitrary fixed opinion of names: a hash of the cue with a key of the suspect's own.
            var key = random.Next();
            double Score(Canary canary) => HashOf(canary.Cue, key) % 1000;
            alarms += Test(new TrapBook($"b{i}", Secret, 40), Score) <= 0.01 ? 1 : 0;
        }

        Assert.InRange(alarms, 0, 45);
        Assert.True(Test(_book, canary => _book.Answer(canary.Cue) is null ? HashOf(canary.Cue, 1) % 1000 : 1000) < 1e-12, $"seed {Seed}");
    }

    [Theory]
    [InlineData("""{"model":"m","messages":[{"role":"system","content":"x"},{"role":"user","content":"a\u0041"}]}""", "aA")]
    [InlineData("""{"model":"m","messages":[{"content":[{"type":"text","text":"b"}],"role":"user"}]}""", "b")]
    [InlineData("""{"model":"m","messages":[{"role":"user","content":"a"},{"role":"assistant","content":"b"}]}""", null)]
    [InlineData("""{"model":"m","messages":[{"role":"user","content":[{"text":"b"},{"text":"c"}]}]}""", null)]
    [InlineData("""{"model":"m","messages":[]}""", null)]
    [InlineData("""{"model":"m","messages":{}}""", null)]
    [InlineData("""{"model":"m"}""", null)]
    public void Question_IsTheUsersLastText(string body, string? question)
    {
        var bytes = Encoding.UTF8.GetBytes(body);
        Assert.True(RequestReader.TryRead(bytes, ApiEndpoint.ChatCompletions, out var facts, out _));
        Assert.Equal(question, LastQuestion.Of(bytes, facts!));
    }

    [Fact]
    public void Question_OfOneText_IsThatText()
    {
        var bytes = "{\"model\":\"m\",\"input\":\"a\"}"u8.ToArray();
        Assert.True(RequestReader.TryRead(bytes, ApiEndpoint.Responses, out var facts, out _));
        Assert.Equal("a", LastQuestion.Of(bytes, facts!));
    }

    [Fact]
    public void File_IsReadAsItWasMade_AndRefusedWhereOthersMayReadIt()
    {
        using var folder = new ScratchFolder();
        var made = TrapBook.Create(folder.At("b.json"), "b", 3);
        Assert.Equal(made.Commitment, TrapBook.Read(folder.At("b.json")).Commitment);
        Assert.Throws<IOException>(() => TrapBook.Create(folder.At("b.json"), "b", 3));
        File.SetUnixFileMode(folder.At("b.json"), UnixFileMode.UserRead | UnixFileMode.GroupRead);
        var refused = Assert.Throws<InvalidDataException>(() => TrapBook.Read(folder.At("b.json")));
        Assert.Contains("chmod 600", refused.Message, StringComparison.Ordinal);
        Assert.Throws<InvalidDataException>(() => TrapBook.Create(folder.At("c.json"), "b/c", 3));
    }

    private static double Test(TrapBook book, Func<Canary, double> score) => CanaryTest.SignedRank(
        [.. book.Pairs.Select(pair => score(pair.Published))], [.. book.Pairs.Select(pair => score(pair.Withheld))]).Probability;

    private static int HashOf(string text, int key) =>
        text.Aggregate(key, (hash, letter) => unchecked((hash ^ letter) * 16777619)) & int.MaxValue;
}
