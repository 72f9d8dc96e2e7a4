using System.Buffers.Text;
using System.Diagnostics;
using Stillwatch.Simulation.Randomness;

namespace Stillwatch.Simulation.Grammar;

/// <summary>
/// Expands productions into UTF-8 text. Hot path. One writer a worker; whoever composes a text sets <see cref="Random"/>,
/// <see cref="Voice"/> and <see cref="Topic"/> first, and what is written depends on these alone.
/// </summary>
internal sealed partial class PhraseWriter(PhraseBook book, Lexicon lexicon)
{
    private const int MaxDepth = 24;
    private const int InitialCapacity = 16 * 1024;

    private byte[] _buffer = new byte[InitialCapacity];
    private int _depth;

    /// <summary>The stream that choices are drawn from.</summary>
    public RandomStream Random;

    /// <summary>Who speaks.</summary>
    public Voice Voice { get; set; }

    /// <summary>Which vocabulary slots draw from.</summary>
    public int Topic { get; set; }

    /// <summary>Bytes written since the last <see cref="Take"/>.</summary>
    public int Length { get; private set; }

    /// <summary>What was written since the last <see cref="Take"/>; valid until the next write.</summary>
    public Span<byte> Written => _buffer.AsSpan(0, Length);

    /// <summary>Starts a text: the stream, the voice and a topic of that voice.</summary>
    public void Begin(ulong key, in Voice voice)
    {
        Random = new RandomStream(key);
        Voice = voice;
        Topic = voice.DrawTopic(ref Random);
    }

    /// <summary>Hands the text out as memory of its own and starts anew.</summary>
    public ReadOnlyMemory<byte> Take()
    {
        var text = GC.AllocateUninitializedArray<byte>(Length);
        _buffer.AsSpan(0, Length).CopyTo(text);
        Length = 0;
        return text;
    }

    /// <summary>Takes back everything after the first <paramref name="length"/> bytes.</summary>
    public void Truncate(int length) => Length = Math.Min(Length, length);

    /// <summary>Writes one alternative of a production.</summary>
    public void Write(int production)
    {
        Debug.Assert(_depth < MaxDepth, "the grammar recurses without end");
        var alternatives = book.Alternatives(production);
        if (alternatives.IsEmpty || _depth == MaxDepth)
        {
            return;
        }

        _depth++;
        foreach (var segment in alternatives[Choose(production, alternatives.Length)])
        {
            Write(segment);
        }

        _depth--;
    }

    /// <summary>Writes the alternative with the given number, taken modulo their count.</summary>
    public void WriteAlternative(int production, ulong number)
    {
        var alternatives = book.Alternatives(production);
        foreach (var segment in alternatives[(int)(number % (ulong)alternatives.Length)])
        {
            Write(segment);
        }
    }

    public void Literal(ReadOnlySpan<byte> text)
    {
        Reserve(text.Length);
        text.CopyTo(_buffer.AsSpan(Length));
        Length += text.Length;
    }

    public void Number(long value)
    {
        Reserve(20);
        Utf8Formatter.TryFormat(value, _buffer.AsSpan(Length), out var written);
        Length += written;
    }

    private int Choose(int production, int alternatives)
    {
        if (alternatives == 1)
        {
            return 0;
        }

        return book.IsVocabulary(production) ? Favourite(alternatives, Math.Min(OwnWords, alternatives)) : Random.Below(alternatives);
    }

    private void Write(in Segment segment)
    {
        var start = Length;
        switch (segment.Kind)
        {
            case SegmentKind.Literal:
                Literal(segment.Literal);
                break;
            case SegmentKind.Slot:
                Fill((Slot)segment.Target);
                break;
            default:
                Write(segment.Target);
                break;
        }

        if (segment.Capital && start < Length && _buffer[start] is >= (byte)'a' and <= (byte)'z')
        {
            _buffer[start] -= 32;
        }
    }

    private void Reserve(int bytes)
    {
        if (Length + bytes > _buffer.Length)
        {
            Array.Resize(ref _buffer, Math.Max(Length + bytes, 2 * _buffer.Length));
        }
    }
}
