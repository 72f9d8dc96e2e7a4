namespace Stillwatch.Architecture.Tests.Sample;

// The lengths of these are asserted: every line counts.
public sealed class MeasuredMethods
{
    private readonly List<int> _first = [];

    private readonly List<int> _second = [];

    public MeasuredMethods()
    {
        _first.Add(1);
        _second.Add(2);
    }

    public int OneLine() => _first.Count;

    public int Block()
    {
        var sum = _first.Sum();
        sum += _second.Count;
        return sum;
    }

    public int BlockWithLambda()
    {
        var factor = _first.Count;
        return _second.Sum(value =>
        {
            var product = value * factor;
            return product;
        });
    }

    public int WrappedExpression() =>
        _first.Count
        + _second.Count;

    public IEnumerable<int> IteratorBlock()
    {
        yield return _first.Count;
        yield return _second.Count;
    }
}
