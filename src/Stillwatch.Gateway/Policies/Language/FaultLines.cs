namespace Stillwatch.Gateway.Policies.Language;

/// <summary>Gathers faults by offset and tells them by line and column.</summary>
internal sealed class FaultLines(string text)
{
    /// <summary>More faults than these are not told: a reader mends the first.</summary>
    private const int Most = 100;

    private readonly List<PolicyFault> _faults = [];

    public IReadOnlyList<PolicyFault> Faults => [.. _faults.OrderBy(fault => (fault.Line, fault.Column))];

    public void Add(int offset, string message)
    {
        if (_faults.Count < Most)
        {
            _faults.Add(new(LineOf(offset), offset - LineStart(offset) + 1, message));
        }
    }

    public int LineOf(int offset) => text.AsSpan(0, offset).Count('\n') + 1;

    private int LineStart(int offset) => offset == 0 ? 0 : text.LastIndexOf('\n', offset - 1) + 1;
}
