using Stillwatch.Store.Engine.Embedded;
using Stillwatch.Store.Engine.Http;

namespace Stillwatch.Store.Engine;

/// <summary>Opens the engine that an address stands for.</summary>
public static class ClickHouse
{
    /// <summary>Opens the store, making its directory or database where there is none.</summary>
    /// <param name="address">See <see cref="StoreAddress"/>; null is <see cref="StoreAddress.DefaultDirectory"/>.</param>
    /// <param name="options">Null for the defaults.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <exception cref="StoreUnavailableException">The address is not understood, or no store can be opened there; says why.</exception>
    public static Task<ClickHouseEngine> OpenAsync(
        string? address, EngineOptions? options = null, CancellationToken cancellationToken = default) =>
        OpenAsync(StoreAddress.Parse(address), options, cancellationToken);

    /// <inheritdoc cref="OpenAsync(string?, EngineOptions?, CancellationToken)"/>
    public static async Task<ClickHouseEngine> OpenAsync(
        StoreAddress address, EngineOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(address);
        var checkedOptions = options ?? new();
        checkedOptions.Validate();
        return address.IsEmbedded
            ? await EmbeddedEngine.OpenAsync(address, checkedOptions, cancellationToken).ConfigureAwait(false)
            : await HttpEngine.OpenAsync(address, checkedOptions, cancellationToken).ConfigureAwait(false);
    }
}
