namespace Stillwatch.Store.Engine;

/// <summary>
/// A result is no RowBinary of the columns it was read as: cut short, too long a value, or read in another order than selected.
/// </summary>
public sealed class MalformedResultException : Exception
{
    internal MalformedResultException(string message)
        : base(message)
    {
    }
}
