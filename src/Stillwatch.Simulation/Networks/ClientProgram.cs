namespace Stillwatch.Simulation.Networks;

/// <summary>One version of one client program, as the log shows it.</summary>
/// <param name="Kind">The sort of program.</param>
/// <param name="UserAgent">Its User-Agent header.</param>
/// <param name="Ja4">Its TLS fingerprint.</param>
internal sealed record ClientProgram(ClientKind Kind, string UserAgent, string Ja4);
