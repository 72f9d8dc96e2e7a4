namespace Stillwatch.Cli;

/// <summary>Arguments or input that cannot be used; the message is the sentence for the user.</summary>
internal sealed class UnusableException(string message) : Exception(message);
