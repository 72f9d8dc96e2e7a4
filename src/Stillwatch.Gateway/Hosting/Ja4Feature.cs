namespace Stillwatch.Gateway.Hosting;

/// <summary>The fingerprint of the client hello that opened a connection; a feature of the connection.</summary>
/// <param name="Fingerprint">JA4.</param>
internal sealed record Ja4Feature(string Fingerprint);
