namespace Stillwatch.Simulation.Grammar;

/// <summary>
/// The compiled grammar: numbered productions, each with alternatives of equal weight (but for
/// vocabularies), each a row of <see cref="Segment"/>s.
/// Immutable; one book serves all threads.
/// </summary>
internal sealed class PhraseBook
{
    private readonly Dictionary<string, int> _numbers;
    private readonly Segment[][][] _alternatives;
    private readonly bool[] _isVocabulary;

    internal PhraseBook(Dictionary<string, int> numbers, Segment[][][] alternatives, HashSet<int> vocabularies)
    {
        _numbers = numbers;
        _alternatives = alternatives;
        _isVocabulary = [.. Enumerable.Range(0, alternatives.Length).Select(vocabularies.Contains)];
    }

    /// <summary>The book that is built from the embedded phrase files.</summary>
    public static PhraseBook Shared { get; } = PhraseBookCompiler.CompileResources();

    /// <summary>Names of all productions that phrase files define.</summary>
    public IEnumerable<string> Names => _numbers.Keys;

    /// <summary>The number of a production.</summary>
    /// <exception cref="KeyNotFoundException">No phrase file defines it: a mistake in the program.</exception>
    public int this[string name] => _numbers.TryGetValue(name, out var number)
        ? number
        : throw new KeyNotFoundException($"No phrase file defines the production '{name}'.");

    public bool Defines(string name) => _numbers.ContainsKey(name);

    public ReadOnlySpan<Segment[]> Alternatives(int production) => _alternatives[production];

    /// <summary>Whether the alternatives are words of which each speaker has favourites.</summary>
    public bool IsVocabulary(int production) => _isVocabulary[production];
}
