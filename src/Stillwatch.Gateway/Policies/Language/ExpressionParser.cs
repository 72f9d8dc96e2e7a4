using System.Globalization;
using Stillwatch.Gateway.Policies.Values;

namespace Stillwatch.Gateway.Policies.Language;

/// <summary>Compiles expressions, by recursive descent over Cedar's grammar.</summary>
/// <exception cref="SyntaxException">By every method: the text is no expression, or nests too deep.</exception>
internal sealed class ExpressionParser(TokenReader tokens)
{
    /// <summary>Signs before an operand at most, as in Cedar.</summary>
    private const int MaxUnary = 4;

    private int _nesting;

    public Expression Parse()
    {
        if (++_nesting > Expression.MaxDepth)
        {
            throw new SyntaxException(tokens.Current.Offset, $"Expressions nest at most {Expression.MaxDepth} deep.");
        }

        var expression = tokens.TakeIf("if") ? If() : Or();
        _nesting--;
        return expression;
    }

    /// <summary>Begins anew after a fault.</summary>
    public void Reset() => _nesting = 0;

    /// <summary>The name of an entity.</summary>
    public EntityId EntityName()
    {
        var type = TypePath(out var id);
        return id is { } name ? new(type, name) : throw tokens.Unexpected("'::' and the id of an entity in quotation marks");
    }

    /// <summary>The name of a type.</summary>
    public string TypeName()
    {
        var at = tokens.Current.Offset;
        var type = TypePath(out var id);
        return id is null ? type : throw new SyntaxException(at, "The name of a type stands here, not of an entity.");
    }

    /// <summary>A text in quotation marks, without its escapes.</summary>
    public string Text()
    {
        var token = tokens.Expect(TokenKind.String, "a text in quotation marks");
        return Escapes.Text(token.Text, out var fault) ?? throw new SyntaxException(token.Offset, fault);
    }

    private Expression If()
    {
        var condition = Parse();
        tokens.Expect("then");
        var then = Parse();
        tokens.Expect("else");
        return Checked(Operators.If(condition, then, Parse()));
    }

    private Expression Or()
    {
        List<Expression> operands = [And()];
        while (tokens.TakeIf("||"))
        {
            operands.Add(And());
        }

        return Checked(Operators.Or(operands));
    }

    private Expression And()
    {
        List<Expression> operands = [Relation()];
        while (tokens.TakeIf("&&"))
        {
            operands.Add(Relation());
        }

        return Checked(Operators.And(operands));
    }

    private Expression Relation()
    {
        var left = Sum();
        var sign = tokens.Current;
        if (sign.Kind is not (TokenKind.Sign or TokenKind.Word))
        {
            return left;
        }

        var relation = sign.Text switch
        {
            "==" => Right(right => Operators.Equal(left, right, isNegated: false)),
            "!=" => Right(right => Operators.Equal(left, right, isNegated: true)),
            "<" => Right(right => Operators.Compare(left, right, static order => order < 0)),
            "<=" => Right(right => Operators.Compare(left, right, static order => order <= 0)),
            ">" => Right(right => Operators.Compare(left, right, static order => order > 0)),
            ">=" => Right(right => Operators.Compare(left, right, static order => order >= 0)),
            "in" => Right(right => Operators.In(left, right)),
            "has" => Has(left),
            "like" => Like(left),
            "is" => Is(left),
            _ => left,
        };
        return Checked(relation);
    }

    private Expression Right(Func<Expression, Expression> relation)
    {
        tokens.Take();
        return relation(Sum());
    }

    /// <summary><c>e has a.b</c> means <c>e has a &amp;&amp; e.a has b</c>.</summary>
    private Expression Has(Expression operand)
    {
        tokens.Take();
        if (tokens.Current.Kind == TokenKind.String)
        {
            return Operators.Has(operand, Text());
        }

        List<Expression> parts = [];
        do
        {
            var name = tokens.ExpectName().Text;
            parts.Add(Operators.Has(operand, name));
            operand = Checked(Operators.Member(operand, name));
        }
        while (tokens.TakeIf("."));
        return Operators.And(parts);
    }

    private Expression Like(Expression operand)
    {
        tokens.Take();
        var token = tokens.Expect(TokenKind.String, "a pattern in quotation marks");
        var parts = Escapes.Pattern(token.Text, out var fault) ?? throw new SyntaxException(token.Offset, fault);
        return Operators.Like(operand, new(parts));
    }

    private Expression Is(Expression operand)
    {
        tokens.Take();
        var isOfType = Operators.Is(operand, TypeName());
        return tokens.TakeIf("in") ? Operators.And([isOfType, Operators.In(operand, Sum())]) : isOfType;
    }

    private Expression Sum()
    {
        var left = Product();
        while (tokens.IsSign("+") || tokens.IsSign("-"))
        {
            var isSum = tokens.Take().Text == "+";
            left = Checked(Operators.Arithmetic(left, Product(), isSum ? static (a, b) => a + b : static (a, b) => a - b));
        }

        return left;
    }

    private Expression Product()
    {
        var left = Unary();
        while (tokens.TakeIf("*"))
        {
            left = Checked(Operators.Arithmetic(left, Unary(), static (a, b) => a * b));
        }

        return left;
    }

    private Expression Unary()
    {
        var (sign, at, count) = (tokens.Current.Text, tokens.Current.Offset, 0);
        var isSigned = tokens.IsSign("!") || tokens.IsSign("-");
        while (isSigned && tokens.TakeIf(sign))
        {
            count++;
        }

        if (count > MaxUnary)
        {
            throw new SyntaxException(at, $"'{sign}' stands at most {MaxUnary} times before an operand.");
        }

        // The smallest number has no positive counterpart, so a minus belongs to the digits after it.
        var operand = count > 0 && sign == "-" && tokens.Current.Kind == TokenKind.Number && !IsAccess(tokens.Next)
            ? Number(isNegative: count-- > 0)
            : Member();
        while (count-- > 0)
        {
            operand = Checked(sign == "!" ? Operators.Not(operand) : Operators.Negate(operand));
        }

        return operand;
    }

    private static bool IsAccess(Token token) => token is { Kind: TokenKind.Sign, Text: "." or "[" };

    private Expression Member()
    {
        var operand = Primary();
        while (true)
        {
            if (tokens.TakeIf("["))
            {
                operand = Checked(Operators.Member(operand, Text()));
                tokens.Expect("]");
            }
            else if (tokens.TakeIf("."))
            {
                var name = tokens.ExpectName();
                operand = Checked(tokens.IsSign("(") ? Method(operand, name) : Operators.Member(operand, name.Text));
            }
            else
            {
                return operand;
            }
        }
    }

    private Expression Method(Expression subject, Token name)
    {
        if (!Functions.Methods.TryGetValue(name.Text, out var method))
        {
            throw new SyntaxException(name.Offset, $"There is no method '{name.Text}'; there are {Known(Functions.Methods.Keys)}.");
        }

        return Call(name, method, [subject, .. Arguments()], counted: 1);
    }

    private Expression Primary()
    {
        var token = tokens.Current;
        switch (token.Kind)
        {
            case TokenKind.String:
                return Expression.Constant(PolicyValue.Of(Text()));
            case TokenKind.Number:
                return Number(isNegative: false);
            case TokenKind.Word:
                return Word(token);
            case TokenKind.Sign when token.Text == "(":
                tokens.Take();
                var inner = Parse();
                tokens.Expect(")");
                return inner;
            case TokenKind.Sign when token.Text == "[":
                return Checked(Operators.Set(List("[", "]")));
            case TokenKind.Sign when token.Text == "{":
                return Checked(Operators.Record(Members()));
            default:
                throw tokens.Unexpected("an expression");
        }
    }

    private Expression Word(Token word)
    {
        if (word.Text is "true" or "false")
        {
            tokens.Take();
            return Expression.Constant(PolicyValue.Of(word.Text == "true"));
        }

        if (tokens.Next is { Kind: TokenKind.Sign, Text: "::" })
        {
            return Expression.Constant(PolicyValue.Of(EntityName()));
        }

        tokens.ExpectName();
        if (tokens.IsSign("("))
        {
            return Functions.Constructors.TryGetValue(word.Text, out var function)
                ? Checked(Call(word, function, Arguments(), counted: 0))
                : throw new SyntaxException(
                    word.Offset, $"There is no function '{word.Text}'; there are {Known(Functions.Constructors.Keys)}.");
        }

        return word.Text switch
        {
            "principal" => Expression.Variable(static request => request.PrincipalValue),
            "action" => Expression.Variable(static request => request.ActionValue),
            "resource" => Expression.Variable(static request => request.ResourceValue),
            "context" => Expression.Variable(static request => request.Context),
            _ => throw new SyntaxException(
                word.Offset, $"'{word.Text}' is unknown; principal, action, resource, context and entities (Type::\"id\") are known."),
        };
    }

    private static Expression Call(Token name, Function function, List<Expression> arguments, int counted) =>
        arguments.Count == function.Arguments
            ? Operators.Call(function.Apply, arguments)
            : throw new SyntaxException(
                name.Offset, $"'{name.Text}' takes {function.Arguments - counted} arguments, not {arguments.Count - counted}.");

    private List<Expression> Arguments() => List("(", ")");

    private List<Expression> List(string opening, string closing)
    {
        tokens.Expect(opening);
        List<Expression> elements = [];
        while (!tokens.IsSign(closing))
        {
            elements.Add(Parse());
            if (!tokens.TakeIf(","))
            {
                break;
            }
        }

        tokens.Expect(closing);
        return elements;
    }

    private List<KeyValuePair<string, Expression>> Members()
    {
        tokens.Expect("{");
        List<KeyValuePair<string, Expression>> members = [];
        while (!tokens.IsSign("}"))
        {
            var at = tokens.Current.Offset;
            var name = tokens.Current.Kind == TokenKind.String ? Text() : tokens.ExpectName().Text;
            if (members.Exists(member => member.Key == name))
            {
                throw new SyntaxException(at, $"A record has '{name}' twice.");
            }

            tokens.Expect(":");
            members.Add(new(name, Parse()));
            if (!tokens.TakeIf(","))
            {
                break;
            }
        }

        tokens.Expect("}");
        return members;
    }

    private Expression Number(bool isNegative)
    {
        var token = tokens.Take();
        var isRead = Int128.TryParse(token.Text, CultureInfo.InvariantCulture, out var value);
        value = isNegative ? -value : value;
        return isRead && token.Text.Length < 30 && value >= long.MinValue && value <= long.MaxValue
            ? Expression.Constant(PolicyValue.Of((long)value))
            : throw new SyntaxException(token.Offset, $"{token.Text} does not fit 64 bits.");
    }

    private string TypePath(out string? id)
    {
        var path = tokens.ExpectName().Text;
        id = null;
        while (tokens.TakeIf("::"))
        {
            if (tokens.Current.Kind == TokenKind.String)
            {
                id = Text();
                return path;
            }

            path += $"::{tokens.ExpectName().Text}";
        }

        return path;
    }

    private Expression Checked(Expression expression) => expression.Depth <= Expression.MaxDepth
        ? expression
        : throw new SyntaxException(tokens.Current.Offset, $"Expressions nest at most {Expression.MaxDepth} deep.");

    private static string Known(IEnumerable<string> names) => string.Join(", ", names.Order(StringComparer.Ordinal));
}
