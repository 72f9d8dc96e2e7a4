namespace Stillwatch.Gateway.Configuration;

/// <summary>A configuration that was read, or all that is wrong with it.</summary>
/// <param name="Options">The configuration; null if anything is wrong.</param>
/// <param name="Faults">Everything that is wrong, in the order of the file; then of the files it names.</param>
/// <param name="Files">The other files that it was read from.</param>
public sealed record ConfigurationResult(
    GatewayOptions? Options, IReadOnlyList<ConfigurationFault> Faults, IReadOnlyList<string> Files);
