namespace Stillwatch.Interactions.Reading;

/// <summary>An input cannot be used at all. The message is one sentence for the person who named it.</summary>
public sealed class InputException : Exception
{
    /// <summary>An exception with a general message.</summary>
    public InputException()
    {
    }

    /// <param name="message">What is wrong with which input, and what is accepted.</param>
    public InputException(string message)
        : base(message)
    {
    }

    /// <param name="message">What is wrong with which input, and what is accepted.</param>
    /// <param name="innerException">What the system said.</param>
    public InputException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
