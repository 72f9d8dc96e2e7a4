using Stillwatch.Simulation.Grammar;
using Stillwatch.Simulation.Planning;
using Stillwatch.Simulation.Randomness;

namespace Stillwatch.Simulation.Workloads;

/// <summary>Composes whole messages out of the phrase book. Hot path; one composer a worker.</summary>
internal sealed class PromptComposer(ulong seed)
{
    private const int PopularPrompts = 4000;
    private const double PopularShare = 0.07;
    private const double MedianChatBytes = 150;
    private const double ChatSigma = 0.85;
    private const int MaxBytes = 12_000;
    private const double TrimmingShare = 0.3;

    private readonly Phrases _phrases = Phrases.Shared;

    /// <summary>The writer behind the composer; empty between messages.</summary>
    public PhraseWriter Writer { get; } = new(PhraseBook.Shared, Lexicon.Shared);

    /// <summary>The voice of a private account.</summary>
    public static Voice VoiceOf(in AccountPlan account) => Voice.Personal(account.Key, Lexicon.Shared.Topics.Count) with
    {
        Language = account.Language,
        Habits = account.Habits,
    };

    /// <summary>The voice of an organisation or of a stranger known by a key.</summary>
    public static Voice VoiceOf(ulong key) => Voice.Personal(key, Lexicon.Shared.Topics.Count);

    /// <summary>The first message of a conversation.</summary>
    public ReadOnlyMemory<byte> Opening(in Voice voice, ulong key)
    {
        Writer.Begin(key, voice);
        if (Writer.Random.Chance(PopularShare))
        {
            return Popular();
        }

        var target = Target(MedianChatBytes, ChatSigma);
        if ((voice.Habits & VoiceHabits.Greets) != 0 && Writer.Random.Chance(0.6))
        {
            Writer.Write(_phrases.Greeting);
        }

        Question(voice, target);
        Trim();
        TypingHabits.Apply(Writer, 0);
        return Writer.Take();
    }

    /// <summary>A later message of a conversation.</summary>
    public ReadOnlyMemory<byte> FollowUp(in Voice voice, ulong key)
    {
        Writer.Begin(key, voice);
        if (voice.Language != Languages.English)
        {
            Writer.Write(_phrases.Ask[voice.Language]);
        }
        else
        {
            Writer.Write(Writer.Random.Chance(0.12) ? _phrases.Smalltalk : _phrases.FollowUp);
            Writer.Literal(" "u8);
            Pad(_phrases.Prose[Languages.English], Target(60, 0.9));
        }

        Trim();
        TypingHabits.Apply(Writer, 0);
        return Writer.Take();
    }

    /// <summary>What the model said before, in a few sentences.</summary>
    public ReadOnlyMemory<byte> Answer(in Voice voice, ulong key)
    {
        Writer.Begin(key, voice with { Habits = VoiceHabits.None });
        Pad(voice.Language == Languages.English ? _phrases.Answer : _phrases.Prose[voice.Language], Target(170, 0.5));
        Trim();
        return Writer.Take();
    }

    /// <summary>One alternative of a production and nothing else.</summary>
    public ReadOnlyMemory<byte> Phrase(int production, in Voice voice, ulong key)
    {
        Append(production, voice, key);
        return Writer.Take();
    }

    /// <summary>Appends one alternative of a production; equal keys and voices give equal text.</summary>
    public void Append(int production, in Voice voice, ulong key)
    {
        Writer.Begin(key, voice);
        Writer.Write(production);
    }

    /// <summary>Appends alternatives of a production until a length that is drawn from a log-normal distribution.</summary>
    public void AppendUntil(int production, in Voice voice, ulong key, (double MedianBytes, double Sigma) length)
    {
        var start = Writer.Length;
        Writer.Begin(key, voice);
        var target = start + Target(length.MedianBytes, length.Sigma);
        do
        {
            Writer.Write(production);
        }
        while (Writer.Length < target);
    }

    /// <summary>Drops blanks and line breaks at the end of what was written.</summary>
    public void Trim() => Writer.Truncate(Writer.Written.TrimEnd(" \n"u8).Length);

    private ReadOnlyMemory<byte> Popular()
    {
        var number = Writer.Random.Zipf(PopularPrompts);
        var author = Voice.Of(seed, number % Lexicon.Shared.Topics.Count);
        Append(_phrases.Popular, author, RandomStream.Derive(seed, StreamPurpose.Popular, (ulong)number));
        return Writer.Take();
    }

    private void Question(in Voice voice, int target)
    {
        var kind = Writer.Random.Unit();
        if (voice.Language != Languages.English)
        {
            Lead(_phrases.Ask[voice.Language], _phrases.Prose[voice.Language], target);
        }
        else if (kind < 0.04)
        {
            Writer.Write(_phrases.Smalltalk);
        }
        else if (kind < 0.09)
        {
            Lead(_phrases.Roleplay, _phrases.Prose[Languages.English], target);
        }
        else if (kind < 0.19)
        {
            Document(target);
        }
        else
        {
            Work(kind, target);
        }
    }

    private void Work(double kind, int target)
    {
        if (kind < 0.34)
        {
            Code(target);
        }
        else
        {
            Lead(kind < 0.72 ? _phrases.Ask[Languages.English] : _phrases.Task, _phrases.Prose[Languages.English], target);
        }
    }

    private void Lead(int opening, int body, int target)
    {
        Writer.Write(opening);
        if (Writer.Length < target)
        {
            Writer.Literal(Writer.Random.Chance(TrimmingShare) ? "\n"u8 : " "u8);
            Pad(body, target);
        }
    }

    private void Document(int target)
    {
        Writer.Write(_phrases.AppBefore);
        var record = _phrases.Records[Writer.Random.Below(_phrases.Records.Length)];
        Pad(Writer.Random.Chance(0.7) ? _phrases.Prose[Languages.English] : record, 4 * target);
    }

    private void Code(int target)
    {
        if (Writer.Random.Chance(0.35))
        {
            Writer.Write(_phrases.CodeBare);
            return;
        }

        Writer.Write(_phrases.CodeAsk);
        Writer.Write(_phrases.CodeHead);
        Pad(_phrases.CodeLine, 2 * target);
    }

    private void Pad(int production, int target)
    {
        while (Writer.Length < target)
        {
            Writer.Write(production);
        }
    }

    private int Target(double median, double sigma) => (int)Math.Min(MaxBytes, Writer.Random.LogNormal(median, sigma));
}
