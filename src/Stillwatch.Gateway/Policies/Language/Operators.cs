using Stillwatch.Gateway.Policies.Values;

namespace Stillwatch.Gateway.Policies.Language;

/// <summary>Cedar's operators over values. An operand that is an error is the result.</summary>
internal static class Operators
{
    /// <summary>All hold; stops at the first that does not.</summary>
    public static Expression And(IReadOnlyList<Expression> operands) => Chain(operands, stopsAt: false);

    /// <summary>Some holds; stops at the first that does.</summary>
    public static Expression Or(IReadOnlyList<Expression> operands) => Chain(operands, stopsAt: true);

    public static Expression Not(Expression operand) => Unary(operand, static value =>
        value.Kind == PolicyValueKind.Boolean ? PolicyValue.Of(!value.IsTrue) : TypeError(value, "a boolean"));

    public static Expression Negate(Expression operand) => Unary(operand, static value => value switch
    {
        { Kind: not PolicyValueKind.Long } => TypeError(value, "a long"),
        { Number: long.MinValue } => Overflow,
        _ => PolicyValue.Of(-value.Number),
    });

    public static Expression If(Expression condition, Expression then, Expression otherwise) => Expression.Of(
        request => condition.Evaluate(request) switch
        {
            { IsError: true } error => error,
            { Kind: PolicyValueKind.Boolean } value => (value.IsTrue ? then : otherwise).Evaluate(request),
            var value => TypeError(value, "a boolean"),
        },
        condition,
        then,
        otherwise);

    public static Expression Equal(Expression left, Expression right, bool isNegated) =>
        Binary(left, right, (a, b) => PolicyValue.Of(a == b != isNegated));

    /// <summary>Order of longs, moments or lengths of time.</summary>
    public static Expression Compare(Expression left, Expression right, Func<int, bool> holds) => Binary(left, right, (a, b) =>
        a.Kind is not (PolicyValueKind.Long or PolicyValueKind.Datetime or PolicyValueKind.Duration)
            ? TypeError(a, "of a type with an order")
        : b.Kind != a.Kind ? TypeError(b, $"of the type {a.Kind}")
        : PolicyValue.Of(holds(a.Number.CompareTo(b.Number))));

    public static Expression Arithmetic(Expression left, Expression right, Func<Int128, Int128, Int128> operation) =>
        Binary(left, right, (a, b) =>
        {
            if (a.Kind != PolicyValueKind.Long || b.Kind != PolicyValueKind.Long)
            {
                return TypeError(a.Kind != PolicyValueKind.Long ? a : b, "a long");
            }

            var result = operation(a.Number, b.Number);
            return result >= long.MinValue && result <= long.MaxValue ? PolicyValue.Of((long)result) : Overflow;
        });

    public static Expression In(Expression left, Expression right) => Expression.OfEntities(
        request =>
        {
            var (entity, group) = (left.Evaluate(request), right.Evaluate(request));
            return FirstError(entity, group) ?? (entity.Kind, group.Kind) switch
            {
                (not PolicyValueKind.Entity, _) => TypeError(entity, "an entity"),
                (_, PolicyValueKind.Entity) => PolicyValue.Of(request.Entities.IsIn(entity.Id, group.Id)),
                (_, PolicyValueKind.Set) => InAny(request, entity.Id, group.Elements),
                _ => TypeError(group, "an entity or a set of entities"),
            };
        },
        left,
        right);

    public static Expression Is(Expression operand, string type) => Unary(operand, value =>
        value.Kind == PolicyValueKind.Entity ? PolicyValue.Of(value.Id.Type == type) : TypeError(value, "an entity"));

    public static Expression Has(Expression operand, string name) => Expression.OfEntities(
        request => operand.Evaluate(request) switch
        {
            { IsError: true } error => error,
            { Kind: PolicyValueKind.Record } record => PolicyValue.Of(record.Members.ContainsKey(name)),
            { Kind: PolicyValueKind.Entity } entity =>
                PolicyValue.Of(request.Entities.Find(entity.Id)?.Attributes.Members.ContainsKey(name) == true),
            var value => TypeError(value, "a record or an entity"),
        },
        operand);

    public static Expression Member(Expression operand, string name) => Expression.OfEntities(
        request => operand.Evaluate(request) switch
        {
            { IsError: true } error => error,
            { Kind: PolicyValueKind.Record } record => Member(record, name, "the record"),
            { Kind: PolicyValueKind.Entity } entity => request.Entities.Find(entity.Id) is { } found
                ? Member(found.Attributes, name, entity.Id.ToString())
                : PolicyValue.Error($"{entity.Id} is not known."),
            var value => TypeError(value, "a record or an entity"),
        },
        operand);

    public static Expression Like(Expression operand, LikePattern pattern) => Unary(operand, value =>
        value.Kind == PolicyValueKind.String ? PolicyValue.Of(pattern.Matches(value.Text)) : TypeError(value, "a string"));

    public static Expression Set(IReadOnlyList<Expression> elements) => Expression.Of(
        request =>
        {
            var values = new PolicyValue[elements.Count];
            for (var i = 0; i < values.Length; i++)
            {
                if ((values[i] = elements[i].Evaluate(request)).IsError)
                {
                    return values[i];
                }
            }

            return PolicyValue.Set(values);
        },
        elements);

    public static Expression Record(IReadOnlyList<KeyValuePair<string, Expression>> members) => Expression.Of(
        request =>
        {
            var values = new KeyValuePair<string, PolicyValue>[members.Count];
            for (var i = 0; i < values.Length; i++)
            {
                values[i] = new(members[i].Key, members[i].Value.Evaluate(request));
                if (values[i].Value.IsError)
                {
                    return values[i].Value;
                }
            }

            return PolicyValue.Record(values);
        },
        [.. members.Select(member => member.Value)]);

    /// <summary>A function or a method of values alone.</summary>
    public static Expression Call(Func<PolicyValue, PolicyValue, PolicyValue> function, IReadOnlyList<Expression> arguments) =>
        arguments.Count == 1
            ? Unary(arguments[0], value => function(value, default))
            : Binary(arguments[0], arguments[1], function);

    internal static PolicyValue TypeError(PolicyValue value, string expected) =>
        PolicyValue.Error($"A {value.Kind.ToString().ToLowerInvariant()} stands where {expected} is expected.");

    internal static PolicyValue Overflow { get; } = PolicyValue.Error("A result does not fit 64 bits.");

    private static PolicyValue? FirstError(PolicyValue left, PolicyValue right) => left.IsError ? left : right.IsError ? right : null;

    private static Expression Unary(Expression operand, Func<PolicyValue, PolicyValue> operation) => Expression.Of(
        request => operand.Evaluate(request) is var value && value.IsError ? value : operation(value),
        operand);

    private static Expression Binary(Expression left, Expression right, Func<PolicyValue, PolicyValue, PolicyValue> operation) =>
        Expression.Of(
            request =>
            {
                var a = left.Evaluate(request);
                if (a.IsError)
                {
                    return a;
                }

                var b = right.Evaluate(request);
                return b.IsError ? b : operation(a, b);
            },
            left,
            right);

    private static Expression Chain(IReadOnlyList<Expression> operands, bool stopsAt)
    {
        if (operands.Count == 1)
        {
            return operands[0];
        }

        var chain = operands.ToArray();
        return Expression.Of(
            request =>
            {
                foreach (var operand in chain)
                {
                    var value = operand.Evaluate(request);
                    if (value.Kind != PolicyValueKind.Boolean)
                    {
                        return value.IsError ? value : TypeError(value, "a boolean");
                    }

                    if (value.IsTrue == stopsAt)
                    {
                        return value;
                    }
                }

                return PolicyValue.Of(!stopsAt);
            },
            chain);
    }

    private static PolicyValue InAny(PolicyRequest request, EntityId entity, HashSet<PolicyValue> groups)
    {
        var isIn = false;
        foreach (var group in groups)
        {
            if (group.Kind != PolicyValueKind.Entity)
            {
                return TypeError(group, "an entity");
            }

            isIn |= request.Entities.IsIn(entity, group.Id);
        }

        return PolicyValue.Of(isIn);
    }

    private static PolicyValue Member(PolicyValue record, string name, string of) =>
        record.Members.TryGetValue(name, out var value) ? value : PolicyValue.Error($"{of} has no member '{name}'.");
}
