namespace Stillwatch.Evidence.Sharing.Stix.Import;

/// <summary>An indicator cannot be looked for; the others of its bundle may.</summary>
internal sealed class UnusableIndicatorException(string message) : Exception(message);
