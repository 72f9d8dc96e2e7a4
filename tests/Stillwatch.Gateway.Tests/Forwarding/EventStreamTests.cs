using System.Text;
using Stillwatch.Gateway.Forwarding;

namespace Stillwatch.Gateway.Tests.Forwarding;

public sealed class EventStreamTests
{
    private static readonly string[] Corpora =
    [
        ModelAnswers.ChatStream, ModelAnswers.ResponsesStream, ModelAnswers.MessagesStream,
        ModelAnswers.MessagesStream.ReplaceLineEndings("\r\n"), ModelAnswers.MessagesStream.ReplaceLineEndings("\r"),
        "data: a\ndata: b\ndata\ndata:\ndata: c\n\nevent: x\r\ndata:  two spaces\r\n\r\n:comment\n\n"
            + "data: mixed\r\n\n\n\r\r\ndata: tail without end",
    ];

    public static TheoryData<int> Indices => [.. Enumerable.Range(0, Corpora.Length)];

    /// <summary>A slow reading of the standard over the whole text at once.</summary>
    private static List<(string Name, string Data)> Reference(string text)
    {
        var lines = text.Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n').Split('\n');
        var events = new List<(string, string)>();
        var (name, data) = (string.Empty, new List<string>());
        foreach (var line in lines[..^1])
        {
            if (line.Length == 0)
            {
                events.Add((name, string.Join('\n', data)));
                (name, data) = (string.Empty, []);
                continue;
            }

            var colon = line.IndexOf(':', StringComparison.Ordinal);
            var (field, value) = colon < 0 ? (line, string.Empty) : (line[..colon], line[(colon + 1)..]);
            value = value.StartsWith(' ') ? value[1..] : value;
            name = field == "event" ? value : name;
            data.AddRange(field == "data" ? [value] : []);
        }

        return events;
    }

    private static (List<(string Name, string Data)> Events, byte[] Bytes) Read(byte[] bytes, IEnumerable<int> pieces)
    {
        using var stream = new EventStream(1 << 20);
        var events = new List<(string, string)>();
        var sent = new List<byte>();
        var at = 0;
        foreach (var piece in pieces)
        {
            bytes.AsSpan(at, piece).CopyTo(stream.Free().Span);
            stream.Advance(piece);
            at += piece;
            while (stream.TryTake(out var name, out var data))
            {
                events.Add((Encoding.UTF8.GetString(name), Encoding.UTF8.GetString(data)));
            }

            sent.AddRange(stream.Held[..stream.EventEnd]);
            stream.Consume();
        }

        sent.AddRange(stream.Held);
        return (events, [.. sent]);
    }

    [Theory]
    [MemberData(nameof(Indices))]
    public void Events_AtEverySplit_AreThoseOfTheWhole(int corpus)
    {
        var bytes = Encoding.UTF8.GetBytes(Corpora[corpus]);
        var expected = Reference(Corpora[corpus]);
        Assert.NotEmpty(expected);
        for (var split = 0; split <= bytes.Length; split++)
        {
            var (events, sent) = Read(bytes, [split, bytes.Length - split]);
            Assert.Equal(bytes, sent);
            Assert.Equal(WithoutEmpty(expected), WithoutEmpty(events));
        }
    }

    [Theory]
    [MemberData(nameof(Indices))]
    public void Events_InPiecesOfAnySize_AreThoseOfTheWhole(int corpus)
    {
        const int Seed = 20261128;
        var random = new Random(Seed + corpus);
        var bytes = Encoding.UTF8.GetBytes(Corpora[corpus]);
        var expected = WithoutEmpty(Reference(Corpora[corpus]));
        for (var round = 0; round < 300; round++)
        {
            var pieces = new List<int>();
            for (var left = bytes.Length; left > 0; left -= pieces[^1])
            {
                pieces.Add(random.Next(1, Math.Min(left, 1 << random.Next(1, 8)) + 1));
            }

            var (events, sent) = Read(bytes, pieces);
            Assert.Equal(bytes, sent);
            Assert.Equal(expected, WithoutEmpty(events));
        }
    }

    [Fact]
    public void Event_LongerThanTheBound_IsTooLong()
    {
        using var stream = new EventStream(1000);
        for (var i = 0; i < 1001; i++)
        {
            Assert.False(stream.IsTooLong);
            stream.Free().Span[0] = (byte)'x';
            stream.Advance(1);
            Assert.False(stream.TryTake(out _, out _));
            stream.Consume();
        }

        Assert.True(stream.IsTooLong);
    }

    [Fact]
    public void Buffer_AfterTheLastEvent_IsGivenBack()
    {
        using var stream = new EventStream(1000);
        "data: x\n\n"u8.CopyTo(stream.Free().Span);
        stream.Advance(9);
        Assert.True(stream.TryTake(out _, out var data));
        Assert.Equal("x", Encoding.UTF8.GetString(data));
        stream.Consume();
        Assert.True(stream.IsEmpty);
        Assert.True(stream.Held.IsEmpty);
    }

    /// <summary>Events without data say nothing; a browser does not dispatch them either.</summary>
    private static List<(string Name, string Data)> WithoutEmpty(List<(string Name, string Data)> events) =>
        [.. events.Where(found => found.Data.Length > 0)];
}
