namespace Stillwatch.Gateway.Policies.Language;

/// <summary>Compiles a text of policies and finds every policy that cannot be read.</summary>
internal sealed class PolicyParser
{
    private readonly TokenReader _tokens;
    private readonly ExpressionParser _expressions;
    private readonly FaultLines _faults;
    private readonly List<Policy> _policies = [];
    private int _number;

    private PolicyParser(string text)
    {
        _faults = new(text);
        _tokens = new(Lexer.Tokens(text, _faults));
        _expressions = new(_tokens);
    }

    public static (IReadOnlyList<Policy> Policies, IReadOnlyList<PolicyFault> Faults) Parse(string text)
    {
        if (text.Length > PolicySet.MaxTextLength)
        {
            return ([], [new(1, 1, $"The text has {text.Length} characters; at most {PolicySet.MaxTextLength} are read.")]);
        }

        var parser = new PolicyParser(text);
        parser.ParseAll();
        return (parser._policies, parser._faults.Faults);
    }

    private void ParseAll()
    {
        var ids = new HashSet<string>(StringComparer.Ordinal);
        for (; !_tokens.IsAtEnd; _number++)
        {
            var at = _tokens.Current.Offset;
            try
            {
                var policy = new PolicyParts(_tokens, _expressions).Parse(_number, _faults.LineOf(at));
                _policies.Add(policy);
                if (!ids.Add(policy.Id))
                {
                    _faults.Add(at, $"Another policy has the id '{policy.Id}' as well.");
                }
            }
            catch (SyntaxException fault)
            {
                _faults.Add(fault.Offset, fault.Message);
                _tokens.SkipPolicy();
                _expressions.Reset();
            }
        }

        if (_number > PolicySet.MaxPolicies)
        {
            _faults.Add(0, $"There are {_number} policies; at most {PolicySet.MaxPolicies} are accepted.");
        }
    }
}
