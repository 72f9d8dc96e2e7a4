using Stillwatch.Gateway.Policies.Language;

namespace Stillwatch.Gateway.Policies;

/// <summary>One policy, ready to be asked.</summary>
public sealed class Policy
{
    private readonly Expression _condition;

    internal Policy(string id, PolicyEffect effect, IReadOnlyDictionary<string, string> annotations, int line, Expression condition)
    {
        (Id, Effect, Annotations, Line, _condition) = (id, effect, annotations, line, condition);
    }

    /// <summary>Its <c>@id</c>, or <c>policy</c> and its number in the text from 0.</summary>
    public string Id { get; }

    /// <summary>What it does to what it matches.</summary>
    public PolicyEffect Effect { get; }

    /// <summary>Its annotations; what they mean is for whoever reads the decision.</summary>
    public IReadOnlyDictionary<string, string> Annotations { get; }

    /// <summary>Where it begins in the text, from 1.</summary>
    public int Line { get; }

    internal Values.PolicyValue Evaluate(PolicyRequest request) => _condition.Evaluate(request);
}
