using System.Text.RegularExpressions;

namespace Stillwatch.Evidence.Sharing.Stix.Patterns;

/// <summary>Writes patterns; what is written reads back as the same pattern, whatever the values hold.</summary>
public static partial class PatternWriter
{
    /// <summary>The pattern's text.</summary>
    public static string Write(ObservationExpression expression) => expression switch
    {
        Observation observation => $"[{Write(observation.Comparison)}]",
        ObservationCombination combination => string.Join($" {combination.Operator} ", combination.Operands.Select(Operand)),
        QualifiedObservation qualified => $"{Operand(qualified.Operand)} {Qualifier(qualified)}",
        _ => throw new ArgumentException($"{expression?.GetType()} is no part of a pattern.", nameof(expression)),
    };

    /// <summary>The pattern that one property of one observable has one of some values.</summary>
    public static string Equality(ObjectPath path, string value) =>
        Write(new Observation(new PropertyTest(path, "=", IsNegated: false, [PatternLiteral.Of(value)])));

    private static string Operand(ObservationExpression operand) => operand is Observation ? Write(operand) : $"({Write(operand)})";

    private static string Qualifier(QualifiedObservation qualified) => qualified.Qualifier switch
    {
        "WITHIN" => $"WITHIN {Write(qualified.Values[0])} SECONDS",
        "REPEATS" => $"REPEATS {Write(qualified.Values[0])} TIMES",
        _ => $"START {Write(qualified.Values[0])} STOP {Write(qualified.Values[1])}",
    };

    private static string Write(ComparisonExpression expression) => expression switch
    {
        ComparisonCombination combination => string.Join(
            combination.IsConjunction ? " AND " : " OR ",
            combination.Operands.Select(static operand => operand is PropertyTest ? Write(operand) : $"({Write(operand)})")),
        PropertyTest { Operator: "EXISTS" } test => $"{(test.IsNegated ? "NOT " : "")}EXISTS {Write(test.Path)}",
        PropertyTest test => $"{Write(test.Path)} {(test.IsNegated ? "NOT " : "")}{test.Operator} {Values(test)}",
        _ => throw new ArgumentException($"{expression.GetType()} is no comparison.", nameof(expression)),
    };

    private static string Values(PropertyTest test) =>
        test.Operator == "IN" ? $"({string.Join(", ", test.Values.Select(Write))})" : Write(test.Values[0]);

    private static string Write(ObjectPath path)
    {
        var first = true;
        return path.Steps.Aggregate($"{path.Type}:", (text, step) =>
        {
            var separator = first ? "" : ".";
            first = false;
            return text + (Index().IsMatch(step) && separator.Length > 0 ? step : separator + (Name().IsMatch(step) ? step : Quote(step)));
        });
    }

    private static string Write(PatternLiteral literal) => literal.Kind switch
    {
        PatternLiteralKind.Text => Quote(literal.Text),
        PatternLiteralKind.Hex => $"h'{literal.Text}'",
        PatternLiteralKind.Binary => $"b'{literal.Text}'",
        PatternLiteralKind.Timestamp => $"t'{literal.Text}'",
        _ => literal.Text,
    };

    private static string Quote(string text) =>
        $"'{text.Replace(@"\", @"\\", StringComparison.Ordinal).Replace("'", @"\'", StringComparison.Ordinal)}'";

    /// <summary>A name that needs no quotes: an identifier that is no keyword.</summary>
    [GeneratedRegex(@"\A(?!(?:AND|OR|NOT|FOLLOWEDBY|LIKE|MATCHES|ISSUPERSET|ISSUBSET|EXISTS|LAST|IN|START|STOP|SECONDS|true|false|WITHIN"
        + @"|REPEATS|TIMES)\z)[A-Za-z_][A-Za-z0-9_]*\z")]
    private static partial Regex Name();

    [GeneratedRegex(@"\A\[(?:\*|[+-]?[0-9]+)\]\z")]
    private static partial Regex Index();
}
