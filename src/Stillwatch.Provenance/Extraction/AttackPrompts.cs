using System.Globalization;
using Stillwatch.Statistics;

namespace Stillwatch.Provenance.Extraction;

/// <summary>Random prompts: each brings the model into another state.</summary>
public static class AttackPrompts
{
    private const int Words = 8;

    /// <summary>Makes prompts; the same for the same seed.</summary>
    public static IReadOnlyList<string> Create(int count, int vocabulary, ulong seed)
    {
        var random = new SeededGenerator(seed);
        var prompts = new List<string>(count);
        for (var i = 0; i < count; i++)
        {
            var words = new string[Words];
            for (var j = 0; j < Words; j++)
            {
                words[j] = string.Create(CultureInfo.InvariantCulture, $"w{random.Next(vocabulary)}");
            }

            prompts.Add(string.Join(' ', words));
        }

        return prompts;
    }
}
