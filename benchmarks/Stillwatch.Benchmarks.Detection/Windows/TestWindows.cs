using Stillwatch.Statistics;

namespace Stillwatch.Benchmarks.Detection.Windows;

/// <summary>The windows that every detector is tested on under one split.</summary>
internal sealed class TestWindows
{
    /// <summary>Share of a window that is the attacker's.</summary>
    public static readonly IReadOnlyList<double> Shares = [0.05, 0.1, 0.25, 0.5, 1];

    private const int BenignWindows = 40;
    private const int AttackWindowsAShare = 20;

    private TestWindows(IReadOnlyList<int[]> benign, IReadOnlyList<IReadOnlyList<int[]>> attack) => (Benign, Attack) = (benign, attack);

    /// <summary>Windows of benign queries of the test third.</summary>
    public IReadOnlyList<int[]> Benign { get; }

    /// <summary>Mixed windows, one list for each of <see cref="Shares"/>.</summary>
    public IReadOnlyList<IReadOnlyList<int[]>> Attack { get; }

    /// <param name="test">The benign queries to draw from; at least a window.</param>
    /// <param name="attack">The attacker's queries.</param>
    /// <param name="size">Queries in a window.</param>
    /// <param name="seed">The seed of the draws.</param>
    public static TestWindows Draw(int[] test, int[] attack, int size, ulong seed)
    {
        var generator = new SeededGenerator(seed, (ulong)size);
        var benign = new List<int[]>();
        var mixed = new List<IReadOnlyList<int[]>>();
        for (var window = 0; window < BenignWindows; window++)
        {
            benign.Add(RandomSubset.Draw(test, size, ref generator));
        }

        foreach (var share in Shares)
        {
            var windows = new List<int[]>();
            for (var window = 0; window < AttackWindowsAShare; window++)
            {
                var foreign = (int)Math.Round(share * size);
                var attacking = RandomSubset.Draw(attack, foreign, ref generator);
                windows.Add([.. attacking, .. RandomSubset.Draw(test, size - foreign, ref generator)]);
            }

            mixed.Add(windows);
        }

        return new(benign, mixed);
    }
}
