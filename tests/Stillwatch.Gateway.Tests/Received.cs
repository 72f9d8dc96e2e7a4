namespace Stillwatch.Gateway.Tests;

/// <summary>A request as the model server saw it.</summary>
internal sealed record Received(string Method, string Target, IReadOnlyDictionary<string, string> Headers, byte[] Body);
