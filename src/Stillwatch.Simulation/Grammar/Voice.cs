using Stillwatch.Simulation.Randomness;

namespace Stillwatch.Simulation.Grammar;

/// <summary>
/// Who speaks: a few narrow topics, favourite words in each, a language and habits of writing. A function of a key, so that it costs
/// no memory and stays the same for a lifetime.
/// </summary>
internal readonly struct Voice
{
    private const int MaxTopics = 4;
    private const double PopularTopicShare = 0.5;

    private readonly uint _topics;
    private readonly byte _topicCount;

    private Voice(ulong key, uint topics, int topicCount)
    {
        Key = key;
        _topics = topics;
        _topicCount = (byte)topicCount;
    }

    /// <summary>Where everything personal is derived from.</summary>
    public ulong Key { get; }

    /// <summary>Index into <see cref="Languages"/>; 0 is English.</summary>
    public byte Language { get; init; }

    /// <summary>How the text is typed.</summary>
    public VoiceHabits Habits { get; init; }

    /// <summary>Words are drawn evenly from a whole vocabulary instead of around personal favourites.</summary>
    public bool EvenWords { get; init; }

    /// <summary>A person or organisation with one to four topics, the first ones used most.</summary>
    public static Voice Personal(ulong key, int topics)
    {
        var stream = new RandomStream(key, StreamPurpose.Voice);
        var count = 1 + Math.Min(MaxTopics - 1, (int)stream.Exponential(1.2));
        var packed = 0u;
        for (var i = 0; i < count; i++)
        {
            packed |= (uint)(stream.Chance(PopularTopicShare) ? stream.Zipf(topics) : stream.Below(topics)) << (8 * i);
        }

        return new Voice(key, packed, count);
    }

    /// <summary>A voice that keeps to one topic.</summary>
    public static Voice Of(ulong key, int topic) => new(key, (uint)topic, 1);

    /// <summary>The same speaker, keeping to one of the topics.</summary>
    public Voice OnOneTopic(ulong key)
    {
        var stream = new RandomStream(key, StreamPurpose.Voice);
        return new Voice(Key, (uint)DrawTopic(ref stream), 1) { Language = Language, Habits = Habits, EvenWords = EvenWords };
    }

    /// <summary>One of the topics, the first with the greatest probability.</summary>
    public int DrawTopic(ref RandomStream stream)
    {
        var rank = _topicCount == 1 ? 0 : (int)(stream.Unit() * stream.Unit() * _topicCount);
        return (int)(_topics >> (8 * rank)) & 0xff;
    }
}
