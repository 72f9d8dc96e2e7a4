namespace Stillwatch.Gateway.Policies;

/// <summary>Something wrong in a text of policies.</summary>
/// <param name="Line">Line, from 1.</param>
/// <param name="Column">Character in the line, from 1.</param>
/// <param name="Message">What is wrong and what is accepted.</param>
public readonly record struct PolicyFault(int Line, int Column, string Message)
{
    /// <inheritdoc/>
    public override string ToString() => FormattableString.Invariant($"{Line}:{Column}: {Message}");
}
