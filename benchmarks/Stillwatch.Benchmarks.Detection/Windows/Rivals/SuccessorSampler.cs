using System.Runtime.InteropServices;
using Stillwatch.Statistics;

namespace Stillwatch.Benchmarks.Detection.Windows.Rivals;

/// <summary>Draws words as a bigram model of some texts does: a successor of a word, or any word where none is known.</summary>
internal sealed class SuccessorSampler
{
    private readonly List<ulong> _all = [];
    private readonly Dictionary<ulong, List<ulong>> _successors = [];

    public SuccessorSampler(IEnumerable<ulong[]> texts)
    {
        foreach (var text in texts)
        {
            _all.AddRange(text);
            for (var i = 0; i < text.Length; i++)
            {
                var before = i == 0 ? 0 : text[i - 1];
                (CollectionsMarshal.GetValueRefOrAddDefault(_successors, before, out _) ??= []).Add(text[i]);
            }
        }
    }

    /// <summary>A word after another; 0 stands for the beginning of a text.</summary>
    public ulong After(ulong word, ref SeededGenerator generator)
    {
        var candidates = _successors.GetValueOrDefault(word) ?? _all;
        return candidates.Count == 0 ? 0 : candidates[generator.Next(candidates.Count)];
    }
}
