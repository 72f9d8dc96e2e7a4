using System.Text;

namespace Stillwatch.Simulation.Grammar;

/// <summary>
/// Compiles phrase files. A line <c>[name]</c> opens a production, every other line is an alternative of it, <c>#</c> opens a comment.
/// Within an alternative: <c>$name</c> or <c>${name}</c> is a slot or a production (<c>${^name}</c> with a capital), <c>$[a|b|]</c> is a
/// choice, <c>\n</c> a line break, <c>$$</c> a dollar sign. A production <c>[words name]</c> has one word a blank instead of one a line;
/// of a <c>[vocabulary name]</c>, written likewise, each speaker uses few words.
/// </summary>
internal sealed class PhraseBookCompiler
{
    private const string ResourceSuffix = ".phrases";
    private const string WordsMark = "words ";
    private const string VocabularyMark = "vocabulary ";

    private static readonly Dictionary<string, Slot> Slots =
        Enum.GetValues<Slot>().ToDictionary(slot => char.ToLowerInvariant(slot.ToString()[0]) + slot.ToString()[1..]);

    private readonly Dictionary<string, List<string>> _sources = [];
    private readonly Dictionary<string, int> _numbers = [];
    private readonly List<Segment[][]> _compiled = [];
    private readonly HashSet<int> _vocabularies = [];

    /// <summary>Compiles every phrase file embedded in this assembly.</summary>
    public static PhraseBook CompileResources()
    {
        var assembly = typeof(PhraseBookCompiler).Assembly;
        var names = assembly.GetManifestResourceNames().Where(name => name.EndsWith(ResourceSuffix, StringComparison.Ordinal));
        return Compile(names.Order(StringComparer.Ordinal).Select(EmbeddedText.Read));
    }

    /// <exception cref="FormatException">A file names a production that no file defines, or has a mistake of form.</exception>
    public static PhraseBook Compile(IEnumerable<string> files)
    {
        var compiler = new PhraseBookCompiler();
        foreach (var file in files)
        {
            compiler.Collect(file);
        }

        return compiler.Build();
    }

    private void Collect(string file)
    {
        List<string>? current = null;
        var words = false;
        foreach (var line in file.Split('\n').Select(line => line.TrimEnd('\r')).Where(line => line.Length > 0 && line[0] != '#'))
        {
            if (line[0] == '[' && line[^1] == ']')
            {
                var isVocabulary = line.StartsWith("[" + VocabularyMark, StringComparison.Ordinal);
                words = isVocabulary || line.StartsWith("[" + WordsMark, StringComparison.Ordinal);
                var name = words ? line[(line.IndexOf(' ', StringComparison.Ordinal) + 1)..^1] : line[1..^1];
                current = Open(name);
                if (isVocabulary)
                {
                    _vocabularies.Add(_numbers[name]);
                }

                continue;
            }

            Add(current ?? throw new FormatException($"A phrase stands before the first production: {line}"), line, words);
        }
    }

    private static void Add(List<string> production, string line, bool words)
    {
        if (words)
        {
            production.AddRange(line.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(word => word.Replace('_', ' ')));
            return;
        }

        production.Add(line);
    }

    private List<string> Open(string name)
    {
        if (!_sources.TryGetValue(name, out var production))
        {
            production = _sources[name] = [];
            _numbers[name] = Reserve();
        }

        return production;
    }

    private int Reserve()
    {
        _compiled.Add([]);
        return _compiled.Count - 1;
    }

    private PhraseBook Build()
    {
        foreach (var (name, lines) in _sources)
        {
            _compiled[_numbers[name]] = [.. lines.Select(CompileAlternative)];
        }

        return new PhraseBook(_numbers, [.. _compiled], _vocabularies);
    }

    private Segment[] CompileAlternative(string source)
    {
        var segments = new List<Segment>();
        var literal = new StringBuilder();
        for (var at = 0; at < source.Length;)
        {
            at = source[at] switch
            {
                '\\' when at + 1 < source.Length && source[at + 1] == 'n' => Append(literal, '\n', at + 2),
                '$' when at + 1 < source.Length && source[at + 1] == '$' => Append(literal, '$', at + 2),
                '$' => Reference(source, at, segments, literal),
                var other => Append(literal, other, at + 1),
            };
        }

        Flush(segments, literal);
        return [.. segments];
    }

    private static int Append(StringBuilder literal, char value, int next)
    {
        literal.Append(value);
        return next;
    }

    private static void Flush(List<Segment> segments, StringBuilder literal)
    {
        if (literal.Length > 0)
        {
            segments.Add(new(SegmentKind.Literal, 0, Encoding.UTF8.GetBytes(literal.ToString()), false));
            literal.Clear();
        }
    }

    private int Reference(string source, int at, List<Segment> segments, StringBuilder literal)
    {
        Flush(segments, literal);
        var (end, segment) = source[at + 1] switch
        {
            '[' => Choice(source, at + 2),
            '{' => Named(source, at + 2, source.IndexOf('}', at), 1),
            _ => Named(source, at + 1, EndOfName(source, at + 1), 0),
        };
        segments.Add(segment);
        return end;
    }

    private static int EndOfName(string source, int at)
    {
        while (at < source.Length && char.IsAsciiLetter(source[at]))
        {
            at++;
        }

        return at;
    }

    private (int End, Segment Segment) Named(string source, int start, int end, int closing)
    {
        if (end <= start)
        {
            throw new FormatException($"A '$' without a name, a choice or a second '$': {source}");
        }

        var capital = source[start] == '^';
        var name = source[(capital ? start + 1 : start)..end];
        var segment = Slots.TryGetValue(name, out var slot)
            ? new Segment(SegmentKind.Slot, (int)slot, [], capital)
            : new Segment(SegmentKind.Production, NumberOf(name, source), [], capital);
        return (end + closing, segment);
    }

    private int NumberOf(string name, string source) => _numbers.TryGetValue(name, out var number)
        ? number
        : throw new FormatException($"No phrase file defines '{name}', named in: {source}");

    private (int End, Segment Segment) Choice(string source, int start)
    {
        var parts = new List<string>();
        var (depth, from, at) = (1, start, start);
        for (; at < source.Length && depth > 0; at++)
        {
            depth += source[at] switch { '[' when source[at - 1] == '$' => 1, ']' => -1, _ => 0 };
            if (depth == 0 || (depth == 1 && source[at] == '|'))
            {
                parts.Add(source[from..at]);
                from = at + 1;
            }
        }

        if (depth > 0)
        {
            throw new FormatException($"A choice is not closed: {source}");
        }

        var number = Reserve();
        _compiled[number] = [.. parts.Select(CompileAlternative)];
        return (at, new(SegmentKind.Production, number, [], false));
    }
}
