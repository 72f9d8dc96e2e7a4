namespace Stillwatch.Sketching;

/// <summary>
/// What detection keeps of an interaction's text: fixed-size fingerprints from which the text cannot be read back.
/// Mutable and reusable: one sketch serves a whole stream.
/// </summary>
/// <remarks>
/// The prompt is the last message of role user (all that is new in this request). Two fingerprints are equal for equal
/// normalised text; unequal texts collide with probability 2^-64 (phrases, texts) and 2^-32 (words).
/// </remarks>
public sealed class InteractionSketch
{
    /// <summary>Phrases kept from each end of the prompt: instructions that wrap ever new content stand there.</summary>
    public const int PhrasesPerEnd = 3;

    /// <summary>The most phrase fingerprints of one prompt.</summary>
    public const int MaxPhrases = 2 * PhrasesPerEnd;

    /// <summary>The most content words of one prompt.</summary>
    public const int MaxWords = 14;

    internal readonly ulong[] PhraseBuffer = new ulong[MaxPhrases];
    internal readonly uint[] WordBuffer = new uint[MaxWords];

    /// <summary>The prompt, word by word without punctuation, case and layout; 0 without a prompt.</summary>
    public ulong Prompt { get; internal set; }

    /// <summary>
    /// The first user message of a conversation that has more than one, as <see cref="Prompt"/> is for the request that began it; 0 for a
    /// request that stands alone.
    /// </summary>
    public ulong Opening { get; internal set; }

    /// <summary>The system prompt with figures masked; 0 without one.</summary>
    public ulong System { get; internal set; }

    /// <summary>The set of tools offered; 0 without tools.</summary>
    public ulong Tools { get; internal set; }

    /// <summary>The sampling parameters the client set; 0 where it set none.</summary>
    public ulong Parameters { get; internal set; }

    /// <summary>Phrases (text between sentence marks or line ends, figures masked) from both ends of the prompt, each once.</summary>
    public ReadOnlySpan<ulong> Phrases => PhraseBuffer.AsSpan(0, PhraseCount);

    /// <summary>
    /// The content words with the smallest hashes, ascending (bottom-k sketch: E. Cohen and H. Kaplan, PODC 2007), so that any
    /// two prompts keep the same ones of the words they share.
    /// </summary>
    public ReadOnlySpan<uint> Words => WordBuffer.AsSpan(0, WordCount);

    /// <summary>What the prompt and the system prompt ask the model to give away.</summary>
    public Elicitation Elicitation { get; internal set; }

    /// <summary>Length of the prompt in bytes of UTF-8.</summary>
    public int PromptBytes { get; internal set; }

    /// <summary>Messages in the request.</summary>
    public int Messages { get; internal set; }

    internal int PhraseCount { get; set; }

    internal int WordCount { get; set; }
}
