using Stillwatch.Gateway.Policies.Values;

namespace Stillwatch.Gateway.Policies.Language;

/// <summary>Compiles one policy: annotations, effect, scope, conditions.</summary>
internal sealed class PolicyParts(TokenReader tokens, ExpressionParser expressions)
{
    /// <exception cref="SyntaxException">It is none.</exception>
    public Policy Parse(int number, int line)
    {
        var annotations = Annotations();
        var effect = tokens.TakeIf("permit") ? PolicyEffect.Permit
            : tokens.TakeIf("forbid") ? PolicyEffect.Forbid
            : throw tokens.Unexpected("'permit', 'forbid' or an annotation");
        List<Expression> conditions = [];
        tokens.Expect("(");
        AddScope(conditions, "principal", static request => request.PrincipalValue);
        tokens.Expect(",");
        AddAction(conditions);
        tokens.Expect(",");
        AddScope(conditions, "resource", static request => request.ResourceValue);
        tokens.Expect(")");
        AddConditions(conditions);
        tokens.Expect(";");
        var id = annotations.GetValueOrDefault("id") ?? FormattableString.Invariant($"policy{number}");
        return new(id, effect, annotations, line, Operators.And([Expression.Constant(PolicyValue.True), .. conditions]));
    }

    private Dictionary<string, string> Annotations()
    {
        var annotations = new Dictionary<string, string>(StringComparer.Ordinal);
        while (tokens.TakeIf("@"))
        {
            var name = tokens.Expect(TokenKind.Word, "the name of an annotation");
            var value = "";
            if (tokens.TakeIf("("))
            {
                value = expressions.Text();
                tokens.Expect(")");
            }

            if (!annotations.TryAdd(name.Text, value))
            {
                throw new SyntaxException(name.Offset, $"A policy has the annotation '{name.Text}' twice.");
            }
        }

        return annotations;
    }

    private void AddScope(List<Expression> conditions, string name, Func<PolicyRequest, PolicyValue> read)
    {
        tokens.Expect(name);
        var variable = Expression.Variable(read);
        if (tokens.TakeIf("=="))
        {
            conditions.Add(Operators.Equal(variable, Entity(), isNegated: false));
            return;
        }

        if (tokens.TakeIf("is"))
        {
            conditions.Add(Operators.Is(variable, expressions.TypeName()));
        }

        if (tokens.TakeIf("in"))
        {
            conditions.Add(Operators.In(variable, Entity()));
        }
    }

    private void AddAction(List<Expression> conditions)
    {
        tokens.Expect("action");
        var variable = Expression.Variable(static request => request.ActionValue);
        if (tokens.TakeIf("=="))
        {
            conditions.Add(Operators.Equal(variable, Action(), isNegated: false));
        }
        else if (tokens.TakeIf("in"))
        {
            conditions.Add(Operators.In(variable, tokens.IsSign("[") ? Actions() : Action()));
        }
    }

    private Expression Actions()
    {
        List<Expression> actions = [];
        tokens.Expect("[");
        while (!tokens.IsSign("]"))
        {
            actions.Add(Action());
            if (!tokens.TakeIf(","))
            {
                break;
            }
        }

        tokens.Expect("]");
        return Operators.Set(actions);
    }

    private Expression Action()
    {
        var at = tokens.Current.Offset;
        var action = expressions.EntityName();
        return action.Type.Split("::")[^1] == "Action"
            ? Expression.Constant(PolicyValue.Of(action))
            : throw new SyntaxException(at, $"{action} is no action; the type of actions is Action.");
    }

    private Expression Entity() => Expression.Constant(PolicyValue.Of(expressions.EntityName()));

    private void AddConditions(List<Expression> conditions)
    {
        while (tokens.IsWord("when") || tokens.IsWord("unless"))
        {
            var isWhen = tokens.Take().Text == "when";
            tokens.Expect("{");
            var body = expressions.Parse();
            tokens.Expect("}");
            conditions.Add(isWhen ? body : Operators.Not(body));
        }
    }
}
