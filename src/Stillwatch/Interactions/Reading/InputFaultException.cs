namespace Stillwatch.Interactions.Reading;

/// <summary>A fault of the input met while reading strictly. The message names file, line, member and reason.</summary>
public sealed class InputFaultException : Exception
{
    /// <summary>An exception with a general message.</summary>
    public InputFaultException()
    {
    }

    /// <param name="message">What is wrong.</param>
    public InputFaultException(string message)
        : base(message)
    {
    }

    /// <param name="message">What is wrong.</param>
    /// <param name="innerException">What caused it.</param>
    public InputFaultException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <param name="fault">What is wrong, and where.</param>
    public InputFaultException(InputFault fault)
        : base(fault?.ToString())
    {
        Fault = fault;
    }

    /// <summary>What is wrong, and where.</summary>
    public InputFault? Fault { get; }
}
