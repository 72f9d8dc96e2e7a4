using Stillwatch.Evidence.Disclosures;
using Stillwatch.Evidence.Sharing.Access;
using Stillwatch.Evidence.Sharing.Hosting;
using Stillwatch.Evidence.Sharing.Taxii.Storage;

namespace Stillwatch.Evidence.Sharing.Taxii.Server;

/// <summary>A TAXII 2.1 server over a folder: <c>taxii.json</c> says what it offers, and each collection is a journal.</summary>
public sealed class TaxiiServer : IAsyncDisposable
{
    /// <summary>A post that is too long by no more than this gets its answer; a longer one is cut off while it is being sent.</summary>
    private const long ReadableExcess = 1 << 20;

    private readonly Dictionary<Guid, TaxiiCollection> _collections = [];
    private readonly TaxiiServerOptions _options;
    private readonly ApiKeys _keys;
    private readonly DisclosureGate _gate;
    private readonly TimeProvider _time;
    private SharingHost? _host;

    /// <param name="folder">Where the journals are; made where it is absent.</param>
    /// <param name="options">What is offered.</param>
    /// <param name="keys">Who may ask.</param>
    /// <param name="gate">What every answer with content passes.</param>
    /// <param name="time">The clock.</param>
    /// <exception cref="InvalidDataException">The options are out of range, or a journal is none.</exception>
    public TaxiiServer(string folder, TaxiiServerOptions options, ApiKeys keys, DisclosureGate gate, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(options);
        (_options, _keys, _gate, _time) = (options.Checked(), keys, gate, time);
        Directory.CreateDirectory(folder);
        foreach (var collection in options.ApiRoots.SelectMany(static root => root.Collections))
        {
            _collections.Add(collection.Id, TaxiiCollection.Open(Path.Combine(folder, $"{collection.Id:D}.jsonl"), time));
        }
    }

    /// <summary>Starts to serve.</summary>
    public async Task<SharingHost> StartAsync(ListenAddress listen, CancellationToken cancellationToken)
    {
        var endpoints = new TaxiiEndpoints(_options, _collections, _keys, _gate, _time);
        var maxBody = _options.MaxContentLength + ReadableExcess;
        _host = await SharingHost.StartAsync(listen, maxBody, endpoints.Map, cancellationToken).ConfigureAwait(false);
        return _host;
    }

    /// <summary>Stops serving and closes the journals.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_host is { } host)
        {
            await host.DisposeAsync().ConfigureAwait(false);
        }

        foreach (var collection in _collections.Values)
        {
            collection.Dispose();
        }
    }

    /// <summary>The objects of a collection, for tests that need a history.</summary>
    internal TaxiiCollection Collection(Guid id) => _collections[id];
}
