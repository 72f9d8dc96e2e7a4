using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using Stillwatch.Provenance.Watermarking;
using Stillwatch.Statistics;

namespace Stillwatch.Native;

/// <summary>An open key with the buffers of the threads that use it; cleared when the last of them is done. Thread-safe.</summary>
internal sealed class OpenMark : SafeHandle
{
    private readonly KeyedGreenBits _bits;
    private readonly MarkStrength _strength;
    private readonly ConcurrentBag<MarkedLogits> _processors = [];
    private readonly ConcurrentBag<MarkedSampler> _samplers = [];

    public OpenMark(KeyedGreenBits bits, MarkStrength strength, int vocabulary, string id)
        : base(0, ownsHandle: true)
    {
        (_bits, _strength, Vocabulary, Id) = (bits, strength, vocabulary, id);
        SetHandle(1);
    }

    public int Vocabulary { get; }

    /// <summary>Of the key; empty where there is no label.</summary>
    public string Id { get; }

    /// <inheritdoc/>
    public override bool IsInvalid => false;

    /// <summary>Marks logits in place, if the step is to be marked; whether it was.</summary>
    public bool Process(ReadOnlySpan<long> tokens, int prompt, Span<float> logits, float temperature)
    {
        Span<int> context = stackalloc int[KeyedGreenBits.MaxContextWidth];
        if (!TryContext(tokens, prompt, ref context))
        {
            return false;
        }

        var processor = _processors.TryTake(out var kept) ? kept : new(_bits, _strength, Vocabulary);
        processor.Apply(logits, temperature, context);
        _processors.Add(processor);
        return true;
    }

    /// <summary>Draws a token, with the mark if the step is to be marked.</summary>
    public int Sample(ReadOnlySpan<long> tokens, int prompt, ReadOnlySpan<float> logits, (float Temperature, ulong Random) draw)
    {
        Span<int> context = stackalloc int[KeyedGreenBits.MaxContextWidth];
        var isMarked = TryContext(tokens, prompt, ref context);
        var sampler = _samplers.TryTake(out var kept) ? kept : new(_bits, _strength, Vocabulary);
        var uniform = new SeededGenerator(draw.Random);
        var token = isMarked
            ? sampler.DrawMarked(logits, draw.Temperature, context, ref uniform)
            : sampler.Draw(logits, draw.Temperature, sequence: null, ref uniform);
        _samplers.Add(sampler);
        return token;
    }

    /// <summary>The colours after a text; whether the step is to be marked.</summary>
    public bool Colour(ReadOnlySpan<long> tokens, int prompt, Span<byte> bits)
    {
        Span<int> context = stackalloc int[KeyedGreenBits.MaxContextWidth];
        bits.Clear();
        if (!TryContext(tokens, prompt, ref context))
        {
            return false;
        }

        var words = new ulong[KeyedGreenBits.WordsFor(Vocabulary)];
        _bits.Fill(context, words);
        var colours = MemoryMarshal.AsBytes(words.AsSpan());
        colours[..Math.Min(colours.Length, bits.Length)].CopyTo(bits);
        return true;
    }

    /// <inheritdoc/>
    protected override bool ReleaseHandle()
    {
        _bits.Dispose();
        return true;
    }

    /// <summary>The last ids, where the step after them is to be marked.</summary>
    private bool TryContext(ReadOnlySpan<long> tokens, int prompt, ref Span<int> context)
    {
        if (!MarkedSequence.IsMarked(tokens, prompt, _bits.ContextWidth))
        {
            return false;
        }

        context = context[.._bits.ContextWidth];
        for (var i = 0; i < context.Length; i++)
        {
            var token = tokens[^(context.Length - i)];
            context[i] = token is >= 0 and <= int.MaxValue
                ? (int)token
                : throw new MarkFault(MarkResult.Argument, "an id of a token is not from 0 to 2147483647");
        }

        return true;
    }
}
