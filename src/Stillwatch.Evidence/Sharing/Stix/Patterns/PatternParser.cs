namespace Stillwatch.Evidence.Sharing.Stix.Patterns;

/// <summary>
/// Reads STIX patterns by recursive descent over the grammar of OASIS (STIXPattern.g4), and as the reference validator refuses two
/// qualifiers of one kind on one expression and hashes of another length than their algorithm's.
/// </summary>
/// <remarks>The pattern's length, nesting and number of terms are bounded, and with them time and memory.</remarks>
public sealed class PatternParser
{
    /// <summary>The longest pattern, in UTF-16 code units.</summary>
    public const int MaxLength = 65_536;

    /// <summary>How deep parentheses may nest.</summary>
    public const int MaxDepth = 32;

    private readonly List<PatternToken> _tokens;
    private int _at;
    private int _depth;

    private PatternParser(List<PatternToken> tokens) => _tokens = tokens;

    private PatternToken Current => _tokens[_at];

    /// <summary>Reads a pattern.</summary>
    /// <exception cref="PatternSyntaxException">It is none, or beyond the bounds.</exception>
    public static ObservationExpression Parse(string pattern)
    {
        ArgumentNullException.ThrowIfNull(pattern);
        if (pattern.Length > MaxLength)
        {
            throw new PatternSyntaxException(MaxLength, $"a pattern has at most {MaxLength} characters, this one {pattern.Length}");
        }

        var parser = new PatternParser(PatternLexer.Tokens(pattern));
        var expression = parser.FollowedBy();
        return parser.Current.Kind == PatternTokenKind.End ? expression : throw parser.Unexpected("the end");
    }

    private ObservationExpression FollowedBy() =>
        Observations("FOLLOWEDBY", () => Observations("OR", () => Observations("AND", Qualified)));

    private ObservationExpression Observations(string combiner, Func<ObservationExpression> operand)
    {
        var operands = new List<ObservationExpression> { operand() };
        while (TryTake(combiner))
        {
            operands.Add(operand());
        }

        return operands.Count == 1 ? operands[0] : new ObservationCombination(combiner, operands);
    }

    private ObservationExpression Qualified()
    {
        var expression = Simple();

        // The reference validator looks for doubles after brackets only, and its list of valid patterns holds one after parentheses.
        var isSimple = expression is Observation && _tokens[_at - 1].Is("]");
        var seen = new HashSet<string>(StringComparer.Ordinal);
        while (TryQualifier() is { } qualifier)
        {
            if (!seen.Add(qualifier.Name) && isSimple)
            {
                throw new PatternSyntaxException(Current.Position, $"{qualifier.Name} is given twice for one expression");
            }

            expression = new QualifiedObservation(expression, qualifier.Name, qualifier.Values);
        }

        return expression;
    }

    private ObservationExpression Simple()
    {
        if (TryTake("("))
        {
            return Nested(FollowedBy);
        }

        Take("[");
        var comparison = Or();
        Take("]");
        return new Observation(comparison);
    }

    private (string Name, IReadOnlyList<PatternLiteral> Values)? TryQualifier()
    {
        if (TryTake("WITHIN"))
        {
            var seconds = Number(allowFloat: true);
            Take("SECONDS");
            return ("WITHIN", [seconds]);
        }

        if (TryTake("REPEATS"))
        {
            var times = Number(allowFloat: false);
            Take("TIMES");
            return ("REPEATS", [times]);
        }

        if (TryTake("START"))
        {
            var start = Timestamp();
            Take("STOP");
            return ("START", [start, Timestamp()]);
        }

        return null;
    }

    private ComparisonExpression Or() => Comparisons("OR", () => Comparisons("AND", Test));

    private ComparisonExpression Comparisons(string combiner, Func<ComparisonExpression> operand)
    {
        var operands = new List<ComparisonExpression> { operand() };
        while (TryTake(combiner))
        {
            operands.Add(operand());
        }

        return operands.Count == 1 ? operands[0] : new ComparisonCombination(combiner == "AND", operands);
    }

    private ComparisonExpression Test()
    {
        if (TryTake("("))
        {
            return Nested(Or);
        }

        if (Current.Is("EXISTS") || (Current.Is("NOT") && _tokens[_at + 1].Is("EXISTS")))
        {
            var isNegated = TryTake("NOT");
            Take("EXISTS");
            return new PropertyTest(Path(), "EXISTS", isNegated, []);
        }

        var path = Path();
        var isNot = TryTake("NOT");
        var (name, values) = Operator();
        HashLengths.Check(path, values, Current.Position);
        return new PropertyTest(path, name, isNot, values);
    }

    private (string Operator, IReadOnlyList<PatternLiteral> Values) Operator()
    {
        if (Current.Kind == PatternTokenKind.Comparison)
        {
            var name = Advance().Text switch { "==" => "=", "<>" => "!=", var other => other };
            return (name, [Literal(allowBoolean: name is "=" or "!=")]);
        }

        if (TryTake("IN"))
        {
            return ("IN", Set());
        }

        foreach (var name in (ReadOnlySpan<string>)["LIKE", "MATCHES", "ISSUBSET", "ISSUPERSET"])
        {
            if (TryTake(name))
            {
                return Current.Kind == PatternTokenKind.String ? (name, [Literal(allowBoolean: false)]) : throw Unexpected("a string");
            }
        }

        throw Unexpected("a comparison");
    }

    private List<PatternLiteral> Set()
    {
        var values = new List<PatternLiteral>();
        Take("(");
        while (!Current.Is(")"))
        {
            if (values.Count > 0)
            {
                Take(",");
            }

            values.Add(Literal(allowBoolean: true));
        }

        Take(")");
        return values;
    }

    private ObjectPath Path()
    {
        if (Current.Kind is not (PatternTokenKind.Word or PatternTokenKind.HyphenatedWord))
        {
            throw Unexpected("an object path");
        }

        var type = Advance().Text;
        Take(":");
        var steps = new List<string> { Step() };
        while (true)
        {
            if (TryTake("."))
            {
                steps.Add(Step());
            }
            else if (TryTake("["))
            {
                var isIndex = Current.Is("*") || Current.Kind == PatternTokenKind.Integer;
                steps.Add(isIndex ? $"[{Advance().Text}]" : throw Unexpected("an index"));
                Take("]");
            }
            else
            {
                return new ObjectPath(type, steps);
            }
        }
    }

    private string Step() => Current.Kind is PatternTokenKind.Word or PatternTokenKind.String
        ? Advance().Text
        : throw Unexpected("the name of a property");

    private PatternLiteral Literal(bool allowBoolean)
    {
        var kind = Current switch
        {
            { Kind: PatternTokenKind.String } => PatternLiteralKind.Text,
            { Kind: PatternTokenKind.Integer } => PatternLiteralKind.WholeNumber,
            { Kind: PatternTokenKind.Float } => PatternLiteralKind.DecimalNumber,
            { Kind: PatternTokenKind.Hex } => PatternLiteralKind.Hex,
            { Kind: PatternTokenKind.Binary } => PatternLiteralKind.Binary,
            { Kind: PatternTokenKind.Timestamp } => PatternLiteralKind.Timestamp,
            var word when allowBoolean && (word.Is("true") || word.Is("false")) => PatternLiteralKind.Boolean,
            _ => throw Unexpected("a constant"),
        };
        return new PatternLiteral(kind, Advance().Text);
    }

    private PatternLiteral Number(bool allowFloat)
    {
        var isNumber = Current.Kind == PatternTokenKind.Integer || (allowFloat && Current.Kind == PatternTokenKind.Float);
        return isNumber && !Current.Text.StartsWith('-') ? Literal(allowBoolean: false) : throw Unexpected("a positive number");
    }

    private PatternLiteral Timestamp() => Current.Kind == PatternTokenKind.Timestamp
        ? Literal(allowBoolean: false)
        : throw Unexpected("a time such as t'2026-03-01T00:00:00Z'");

    private T Nested<T>(Func<T> inner)
    {
        if (++_depth > MaxDepth)
        {
            throw new PatternSyntaxException(Current.Position, $"parentheses nest deeper than {MaxDepth}");
        }

        var expression = inner();
        Take(")");
        _depth--;
        return expression;
    }

    private bool TryTake(string text)
    {
        var matches = Current.Is(text);
        _at += matches ? 1 : 0;
        return matches;
    }

    private void Take(string text)
    {
        if (!TryTake(text))
        {
            throw Unexpected($"'{text}'");
        }
    }

    private PatternToken Advance() => _tokens[_at++];

    private PatternSyntaxException Unexpected(string wanted) => new(Current.Position, $"{Current.Shown} stands where {wanted} is wanted");
}
