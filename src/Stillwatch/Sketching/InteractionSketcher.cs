using System.Buffers.Binary;
using System.Text;
using Stillwatch.Interactions;

namespace Stillwatch.Sketching;

/// <summary>Reduces the content of interactions to sketches, in one pass over the bytes. Not thread-safe; one a thread.</summary>
/// <remarks>
/// Phrases follow the idea of winnowing (Schleimer, Wilkerson, Aiken, SIGMOD 2003): fingerprints at places that the text itself
/// chooses, here sentence marks, so that filling slots or replacing one sentence leaves the other fingerprints in place.
/// Cost: about 5 ns a byte.
/// </remarks>
public sealed class InteractionSketcher
{
    /// <summary>The most bytes of one text that are read; of a longer one the middle is left out.</summary>
    public const int MaxTextBytes = 64 * 1024;

    private const int MinContentBytes = 4;
    private const int MinPhraseWords = 2;
    private const int MinPhraseBytes = 6;

    private readonly ulong[] _lastPhrases = new ulong[InteractionSketch.PhrasesPerEnd];

    /// <summary>Overwrites <paramref name="sketch"/> with what is kept of the interaction's text.</summary>
    public void Sketch(Interaction interaction, InteractionSketch sketch)
    {
        ArgumentNullException.ThrowIfNull(interaction);
        ArgumentNullException.ThrowIfNull(sketch);
        var request = interaction.Request;
        sketch.Elicitation = Elicitation.None;
        sketch.System = request.System is { Length: > 0 } system ? Masked(system.Span, sketch) : 0;
        sketch.Tools = ToolSet(request.Tools);
        sketch.Parameters = ParameterSet(request.Parameters);
        sketch.Messages = request.Messages.Count;
        SketchConversation(request.Messages, sketch);
    }

    private void SketchConversation(IReadOnlyList<PromptMessage> messages, InteractionSketch sketch)
    {
        var (first, last) = (-1, -1);
        for (var index = 0; index < messages.Count; index++)
        {
            if (messages[index].Role == "user")
            {
                first = first < 0 ? index : first;
                last = index;
            }
        }

        sketch.PhraseCount = sketch.WordCount = sketch.PromptBytes = 0;
        sketch.Prompt = sketch.Opening = 0;
        if (last >= 0)
        {
            var prompt = messages[last].Content.Span;
            sketch.PromptBytes = prompt.Length;
            sketch.Prompt = SketchPrompt(Ends(prompt, out var tail), tail, sketch);
            sketch.Opening = first == last ? 0 : Fingerprint(messages[first].Content.Span);
        }

        if (sketch.System == 0)
        {
            sketch.System = SystemMessage(messages, sketch);
        }
    }

    private static ulong SystemMessage(IReadOnlyList<PromptMessage> messages, InteractionSketch sketch)
    {
        var leads = messages.Count > 0 && messages[0].Role is "system" or "developer";
        return leads && messages[0].Content.Length > 0 ? Masked(messages[0].Content.Span, sketch) : 0;
    }

    private static ReadOnlySpan<byte> Ends(ReadOnlySpan<byte> text, out ReadOnlySpan<byte> tail)
    {
        const int TailBytes = MaxTextBytes / 4;
        tail = text.Length > MaxTextBytes ? text[^TailBytes..] : default;
        return text.Length > MaxTextBytes ? text[..(MaxTextBytes - TailBytes)] : text;
    }

    private ulong SketchPrompt(ReadOnlySpan<byte> head, ReadOnlySpan<byte> tail, InteractionSketch sketch)
    {
        var phrases = 0;
        var exact = ScanPrompt(head, sketch, ref phrases, Start(head));
        exact = tail.IsEmpty ? exact : ScanPrompt(tail, sketch, ref phrases, exact);
        for (var kept = Math.Min(phrases - InteractionSketch.PhrasesPerEnd, InteractionSketch.PhrasesPerEnd); kept > 0; kept--)
        {
            AddPhrase(sketch, _lastPhrases[(phrases - kept) % InteractionSketch.PhrasesPerEnd]);
        }

        return exact;
    }

    private ulong ScanPrompt(ReadOnlySpan<byte> text, InteractionSketch sketch, ref int phrases, ulong exact)
    {
        var scanner = new PromptScanner(text);
        var cues = default(CueWindow);
        var (phrase, words, bytes, previous) = (0ul, 0, 0, 0ul);
        while (true)
        {
            var token = scanner.Next();
            if (token == PromptToken.Word)
            {
                exact = ElicitationLexicon.Extend(exact, scanner.Exact);
                phrase = ElicitationLexicon.Extend(phrase, scanner.Word);
                words++;
                bytes += scanner.WordLength;
                sketch.Elicitation |= cues.Add(scanner.Word);
                previous = AddContent(sketch, scanner, previous);
                continue;
            }

            if (words >= MinPhraseWords || bytes >= MinPhraseBytes)
            {
                KeepPhrase(sketch, PhraseFingerprint.Of(phrase, words), phrases++);
            }

            (phrase, words, bytes, previous) = (0, 0, 0, 0);
            if (token == PromptToken.End)
            {
                return XxHash64.Avalanche(exact);
            }
        }
    }

    /// <summary>What <see cref="SketchPrompt"/> says of the same text.</summary>
    private static ulong Fingerprint(ReadOnlySpan<byte> prompt)
    {
        var head = Ends(prompt, out var tail);
        var exact = Words(head, Start(head));
        return tail.IsEmpty ? exact : Words(tail, exact);

        static ulong Words(ReadOnlySpan<byte> text, ulong exact)
        {
            var scanner = new PromptScanner(text);
            for (var token = scanner.Next(); token != PromptToken.End; token = scanner.Next())
            {
                exact = token == PromptToken.Word ? ElicitationLexicon.Extend(exact, scanner.Exact) : exact;
            }

            return XxHash64.Avalanche(exact);
        }
    }

    private static ulong Start(ReadOnlySpan<byte> text) => XxHash64.Combine(0, text.IsEmpty ? 0ul : 1);

    private static ulong Masked(ReadOnlySpan<byte> text, InteractionSketch sketch)
    {
        var hash = 1ul;
        var scanner = new PromptScanner(text[..Math.Min(text.Length, MaxTextBytes)]);
        var cues = default(CueWindow);
        for (var token = scanner.Next(); token != PromptToken.End; token = scanner.Next())
        {
            if (token == PromptToken.Word)
            {
                hash = ElicitationLexicon.Extend(hash, scanner.Word);
                sketch.Elicitation |= cues.Add(scanner.Word);
            }
        }

        return XxHash64.Avalanche(hash);
    }

    private void KeepPhrase(InteractionSketch sketch, ulong phrase, int index)
    {
        if (index < InteractionSketch.PhrasesPerEnd)
        {
            AddPhrase(sketch, phrase);
        }

        _lastPhrases[index % InteractionSketch.PhrasesPerEnd] = phrase;
    }

    private static void AddPhrase(InteractionSketch sketch, ulong phrase)
    {
        if (!sketch.Phrases.Contains(phrase))
        {
            sketch.PhraseBuffer[sketch.PhraseCount++] = phrase;
        }
    }

    /// <summary>Offers the word, or the pair of neighbouring characters, to the bottom-k sketch.</summary>
    private static ulong AddContent(InteractionSketch sketch, in PromptScanner scanner, ulong previous)
    {
        if (scanner.Ideographic)
        {
            if (previous != 0)
            {
                AddWord(sketch, (uint)(ElicitationLexicon.Extend(previous, scanner.Word) >> 32));
            }

            return scanner.Word;
        }

        if (scanner.WordLength >= MinContentBytes && MayEnter(sketch, (uint)(scanner.Word >> 32)) && !StopWords.Contains(scanner.Word))
        {
            AddWord(sketch, (uint)(scanner.Word >> 32));
        }

        return 0;
    }

    /// <summary>Whether the bottom-k sketch has room for a word, or a larger one to give up.</summary>
    private static bool MayEnter(InteractionSketch sketch, uint word) =>
        sketch.WordCount < InteractionSketch.MaxWords || word < sketch.WordBuffer[InteractionSketch.MaxWords - 1];

    private static void AddWord(InteractionSketch sketch, uint word)
    {
        if (!MayEnter(sketch, word))
        {
            return;
        }

        var words = sketch.WordBuffer;
        var count = sketch.WordCount;
        var place = words.AsSpan(0, count).BinarySearch(word);
        if (place >= 0)
        {
            return;
        }

        place = ~place;
        var moved = Math.Min(count, words.Length - 1) - place;
        Array.Copy(words, place, words, place + 1, moved);
        words[place] = word;
        sketch.WordCount = Math.Min(count + 1, words.Length);
    }

    private static ulong ToolSet(IReadOnlyList<string> tools)
    {
        var set = 0ul;
        Span<byte> utf8 = stackalloc byte[256];
        for (var index = 0; index < tools.Count; index++)
        {
            Encoding.UTF8.TryGetBytes(tools[index], utf8, out var written);
            set += XxHash64.Avalanche(XxHash64.Hash(utf8[..written], 1));
        }

        return tools.Count == 0 ? 0 : XxHash64.Combine(set, (ulong)tools.Count);
    }

    private static ulong ParameterSet(in GenerationParameters parameters)
    {
        if (parameters == default)
        {
            return 0;
        }

        Span<byte> bytes = stackalloc byte[2 * sizeof(double) + 6 * sizeof(int)];
        BinaryPrimitives.WriteDoubleLittleEndian(bytes, parameters.Temperature ?? -1);
        BinaryPrimitives.WriteDoubleLittleEndian(bytes[8..], parameters.TopP ?? -1);
        BinaryPrimitives.WriteInt32LittleEndian(bytes[16..], parameters.MaxTokens ?? -1);
        BinaryPrimitives.WriteInt32LittleEndian(bytes[20..], parameters.Choices ?? -1);
        BinaryPrimitives.WriteInt32LittleEndian(bytes[24..], Flag(parameters.Logprobs));
        BinaryPrimitives.WriteInt32LittleEndian(bytes[28..], parameters.TopLogprobs ?? -1);
        BinaryPrimitives.WriteInt32LittleEndian(bytes[32..], parameters.LogitBias ?? -1);
        BinaryPrimitives.WriteInt32LittleEndian(bytes[36..], Flag(parameters.Stream));
        return XxHash64.Hash(bytes, 1);
    }

    private static int Flag(bool? value) => value switch { null => -1, false => 0, true => 1 };
}
