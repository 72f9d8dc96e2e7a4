using Stillwatch.Benchmarks.Detection.Windows;
using Stillwatch.Benchmarks.Detection.Windows.Features;
using Stillwatch.Statistics;

namespace Stillwatch.Benchmarks.Detection.Tests.Windows;

/// <summary>Made-up queries: sentences of words of one topic.</summary>
internal static class Texts
{
    private static readonly string[] Everyday =
        ["rain", "train", "city", "garden", "friend", "music", "market", "river", "window", "letter", "summer", "bread", "horse", "paper"];

    private static readonly string[] Medical = ["Dosage", "Syndrome", "Biopsy", "Insulin", "Lesion", "Stenosis"];

    public static string[] Benign(int count, ulong seed) => Draw(Everyday, count, seed);

    public static string[] Foreign(int count, ulong seed) => Draw(Medical, count, seed);

    /// <summary>A setting whose first queries are the reference, the next the calibration queries; the rest is free.</summary>
    public static WindowSetting Setting(IReadOnlyList<string> texts, int reference, int calibration, int window)
    {
        var queries = texts.Select(NGramHashing.Extract).ToArray();
        var (first, second) = (Enumerable.Range(0, reference).ToArray(), Enumerable.Range(reference, calibration).ToArray());
        return new(new(queries, first), first, second, window, Seed: 1);
    }

    private static string[] Draw(string[] words, int count, ulong seed)
    {
        var generator = new SeededGenerator(seed);
        var texts = new string[count];
        for (var i = 0; i < count; i++)
        {
            var length = 3 + generator.Next(8);
            texts[i] = "";
            for (var word = 0; word < length; word++)
            {
                texts[i] += $"{words[generator.Next(words.Length)]} ";
            }
        }

        return texts;
    }
}
