using Stillwatch.Statistics;

namespace Stillwatch.Provenance.Laboratory;

/// <summary>Texts, cut into windows and put in another order with each reading. Not thread-safe.</summary>
internal sealed class TrainingWindows
{
    private readonly IReadOnlyList<int[]> _texts;
    private readonly int _length;
    private readonly List<(int Text, int Start)> _order = [];
    private SeededGenerator _random;
    private int _next;

    public TrainingWindows(IReadOnlyList<int[]> texts, int length, ulong seed)
    {
        (_texts, _length, _random) = (texts, length, new(seed));
        Shuffle();
        PerEpoch = _order.Count;
    }

    /// <summary>Windows of the first reading; later ones differ by little.</summary>
    public int PerEpoch { get; }

    /// <summary>Fills in what a model reads, and what comes next; -1 behind the end of a text.</summary>
    public void Fill(Span<int> inputs, Span<int> targets, int beginning)
    {
        for (var at = 0; at < inputs.Length; at += _length)
        {
            if (_next == _order.Count)
            {
                Shuffle();
            }

            var (text, start) = _order[_next++];
            var window = _texts[text].AsSpan(start..Math.Min(start + _length, _texts[text].Length));
            inputs.Slice(at, _length).Fill(beginning);
            targets.Slice(at, _length).Fill(-1);
            window[..^1].CopyTo(inputs[(at + 1)..]);
            window.CopyTo(targets[at..]);
        }
    }

    private void Shuffle()
    {
        _next = 0;
        _order.Clear();
        for (var text = 0; text < _texts.Count; text++)
        {
            var length = _texts[text].Length;
            var start = length <= _length ? 0 : _random.Next(Math.Min(_length, length - _length + 1));
            for (; start < length && (start == 0 || start + _length <= length); start += _length)
            {
                _order.Add((text, start));
            }
        }

        _random.Shuffle(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_order));
    }
}
