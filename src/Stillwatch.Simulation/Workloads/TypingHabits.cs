using Stillwatch.Simulation.Grammar;

namespace Stillwatch.Simulation.Workloads;

/// <summary>Changes what a grammar wrote to how a person types.</summary>
internal static class TypingHabits
{
    private const int TypoDistance = 140;

    /// <summary>Applies the habits of the writer's voice to what was written since <paramref name="start"/>.</summary>
    public static void Apply(PhraseWriter writer, int start)
    {
        var habits = writer.Voice.Habits;
        if ((habits & VoiceHabits.LowerCase) != 0)
        {
            Lower(writer.Written[start..]);
        }

        if ((habits & VoiceHabits.Typos) != 0)
        {
            Misspell(writer, start);
        }

        if ((habits & VoiceHabits.NoFinalStop) != 0 && writer.Length > start && writer.Written[^1] is (byte)'.' or (byte)'?')
        {
            writer.Truncate(writer.Length - 1);
        }
    }

    private static void Lower(Span<byte> text)
    {
        foreach (ref var letter in text)
        {
            letter |= (byte)(letter is >= (byte)'A' and <= (byte)'Z' ? 0x20 : 0);
        }
    }

    // Swaps two neighbouring letters here and there; only ASCII letters, so the text stays valid UTF-8.
    private static void Misspell(PhraseWriter writer, int start)
    {
        var text = writer.Written[start..];
        for (var at = writer.Random.Below(TypoDistance); at + 1 < text.Length; at += 1 + writer.Random.Below(2 * TypoDistance))
        {
            if (IsLetter(text[at]) && IsLetter(text[at + 1]))
            {
                (text[at], text[at + 1]) = (text[at + 1], text[at]);
            }
        }
    }

    private static bool IsLetter(byte value) => (byte)(value | 0x20) is >= (byte)'a' and <= (byte)'z';
}
