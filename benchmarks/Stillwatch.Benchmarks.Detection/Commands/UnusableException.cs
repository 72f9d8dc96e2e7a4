namespace Stillwatch.Benchmarks.Detection.Commands;

/// <summary>The arguments or the input cannot be used. The message is one sentence for the person who gave them.</summary>
internal sealed class UnusableException(string message) : Exception(message);
