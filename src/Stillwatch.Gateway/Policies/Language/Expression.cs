using Stillwatch.Gateway.Policies.Values;

namespace Stillwatch.Gateway.Policies.Language;

/// <summary>An expression compiled to a closure. What depends on nothing is worked out when it is compiled.</summary>
internal sealed class Expression
{
    /// <summary>The deepest nesting; bounds the stack of an evaluation.</summary>
    public const int MaxDepth = 256;

    /// <summary>What constants are evaluated with: they look at nothing of it.</summary>
    private static readonly PolicyRequest Nothing = new(default, default, default, default, PolicyEntities.None);

    private readonly Func<PolicyRequest, PolicyValue> _evaluate;

    private Expression(Func<PolicyRequest, PolicyValue> evaluate, int depth, PolicyValue? constant)
    {
        (_evaluate, Depth, Value) = (evaluate, depth, constant);
    }

    public int Depth { get; }

    /// <summary>Its value if it depends on nothing.</summary>
    public PolicyValue? Value { get; }

    public static Expression Constant(PolicyValue value) => new(_ => value, 1, value);

    /// <summary>Depends on the request.</summary>
    public static Expression Variable(Func<PolicyRequest, PolicyValue> read) => new(read, 1, null);

    /// <summary>Depends on its operands only.</summary>
    public static Expression Of(Func<PolicyRequest, PolicyValue> evaluate, params IReadOnlyList<Expression> operands)
    {
        if (operands.Any(operand => operand.Value is null))
        {
            return new(evaluate, DepthOf(operands), null);
        }

        var value = evaluate(Nothing);
        return new(_ => value, DepthOf(operands), value);
    }

    /// <summary>Depends on its operands and on what is known of entities.</summary>
    public static Expression OfEntities(Func<PolicyRequest, PolicyValue> evaluate, params IReadOnlyList<Expression> operands) =>
        new(evaluate, DepthOf(operands), null);

    public PolicyValue Evaluate(PolicyRequest request) => _evaluate(request);

    private static int DepthOf(IReadOnlyList<Expression> operands) => 1 + operands.Select(operand => operand.Depth).DefaultIfEmpty(0).Max();
}
