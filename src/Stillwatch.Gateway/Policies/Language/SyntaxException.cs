namespace Stillwatch.Gateway.Policies.Language;

/// <summary>A policy that cannot be read on; caught where the next policy begins.</summary>
internal sealed class SyntaxException(int offset, string message) : Exception(message)
{
    public int Offset { get; } = offset;
}
