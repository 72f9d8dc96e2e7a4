using System.Text;
using Stillwatch.Simulation.Grammar;
using Stillwatch.Simulation.Randomness;

namespace Stillwatch.Simulation.Workloads;

/// <summary>Names of tools that agents offer to the model.</summary>
internal sealed class ToolNames
{
    private const int Fewest = 3;
    private const int Most = 12;

    private readonly string[] _names;

    private ToolNames(PhraseBook book) => _names =
        [.. book.Alternatives(book["agenttool"]).ToArray().Select(words => Encoding.UTF8.GetString(words[0].Literal).Replace(' ', '_'))];

    public static ToolNames Shared { get; } = new(PhraseBook.Shared);

    /// <summary>The tools of a product: different ones, in an order of its own.</summary>
    public string[] Of(ulong key)
    {
        var stream = new RandomStream(key, StreamPurpose.Assignment);
        var tools = new string[stream.Between(Fewest, Most)];
        var (first, step) = (stream.Below(_names.Length), 1 + (2 * stream.Below(3)));
        for (var i = 0; i < tools.Length; i++)
        {
            tools[i] = _names[(first + (i * step)) % _names.Length];
        }

        return tools;
    }
}
