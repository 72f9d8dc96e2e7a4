using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;

namespace Stillwatch.Store.Engine.Http;

/// <summary>
/// A ClickHouse server over its HTTP interface. The server keeps each result until the query is over and sends it then (wait_end_of_query),
/// in its memory up to <see cref="ServerBufferBytes"/> and in a temporary file beyond: without that, a query that fails after its first
/// rows answers 200, and 18.16 puts the error's text behind the rows with nothing to tell it from them.
/// </summary>
internal sealed class HttpEngine : ClickHouseEngine
{
    private const int ServerBufferBytes = 16 << 20;

    /// <summary>How long a cancelled caller waits for the server to hear of it.</summary>
    private static readonly TimeSpan KillPatience = TimeSpan.FromSeconds(2);

    private static readonly string QueryPrefix = $"stillwatch-{RandomNumberGenerator.GetHexString(16, lowercase: true)}-";
    private static long _queries;

    private readonly HttpClient _client;
    private readonly EngineOptions _options;
    private readonly string? _database;

    private HttpEngine(StoreAddress address, EngineOptions options, HttpClient client, string? database, EngineCapabilities capabilities)
        : base(address, capabilities) => (_client, _options, _database) = (client, options, database);

    internal static async Task<ClickHouseEngine> OpenAsync(StoreAddress address, EngineOptions options, CancellationToken cancellationToken)
    {
        var client = HttpConnection.Client(address, options);
        try
        {
            var bare = new HttpEngine(address, options, client, null, new(new(0, 0), []));
            var capabilities = await CapabilitiesQuery.AskAsync(bare, cancellationToken).ConfigureAwait(false);
            await bare.MakeDatabaseAsync(address.Database, cancellationToken).ConfigureAwait(false);
            return new HttpEngine(address, options, client, address.Database, capabilities);
        }
        catch (MalformedResultException e)
        {
            client.Dispose();
            throw new StoreUnavailableException($"The server at {address} does not answer as ClickHouse does; check host and port.", e);
        }
        catch
        {
            client.Dispose();
            throw;
        }
    }

    public override async Task ExecuteAsync(Sql statement, QuerySettings? settings = null, CancellationToken cancellationToken = default)
    {
        using var content = Text(statement.Text);
        await RunAsync(new(content, statement.Text, Resolve(statement, settings)), cancellationToken).ConfigureAwait(false);
    }

    public override async Task<RowBinaryReader> QueryAsync(
        Sql query, QuerySettings? settings = null, CancellationToken cancellationToken = default)
    {
        var id = NextId();
        var limit = new OperationLimit(_options, () => KillAsync(id), cancellationToken);
        try
        {
            using var content = Text(query.Text);
            var response = await SendAsync(id, new(content, query.Text, Resolve(query, settings)), limit).ConfigureAwait(false);
            return new(new HttpResultSource(response, limit, Address));
        }
        catch
        {
            await limit.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    public override async Task InsertAsync(
        SqlIdentifier table, ColumnBlock block, QuerySettings? settings = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(block);
        if (block.Rows == 0)
        {
            return;
        }

        var statement = Sql.Format($"INSERT INTO {table} ({block.Columns.Select(static column => column.Name)}) FORMAT Native");
        var all = QuerySettings.None.WithOptional("async_insert", 0).WithOptional("max_insert_block_size", block.Rows);
        using var content = new BlockContent(block);
        var request = new Request(content, statement.Text, Resolve(statement, all.With(settings ?? QuerySettings.None)), IsInUrl: true);
        await RunAsync(request, cancellationToken).ConfigureAwait(false);
    }

    public override ValueTask DisposeAsync()
    {
        _client.Dispose();
        return ValueTask.CompletedTask;
    }

    private static StringContent Text(string statement) => new(statement, Encoding.UTF8, MediaTypeHeaderValue.Parse("text/plain"));

    private static string NextId() => string.Create(CultureInfo.InvariantCulture, $"{QueryPrefix}{Interlocked.Increment(ref _queries)}");

    private async Task MakeDatabaseAsync(string database, CancellationToken cancellationToken)
    {
        var found = await QueryAsync(
            Sql.Format($"SELECT count() FROM system.databases WHERE name = {database}"), null, cancellationToken).ConfigureAwait(false);
        await using (found.ConfigureAwait(false))
        {
            if (found.Read() && found.UInt64() > 0)
            {
                return;
            }
        }

        var making = Sql.Format($"CREATE DATABASE IF NOT EXISTS {SqlIdentifier.Of(database)}");
        await ExecuteAsync(making, null, cancellationToken).ConfigureAwait(false);
    }

    private async Task RunAsync(Request request, CancellationToken cancellationToken)
    {
        var id = NextId();
        var limit = new OperationLimit(_options, () => KillAsync(id), cancellationToken);
        await using (limit.ConfigureAwait(false))
        {
            using var response = await SendAsync(id, request, limit).ConfigureAwait(false);
            var stream = await response.Content.ReadAsStreamAsync(limit.Token).ConfigureAwait(false);
            await stream.CopyToAsync(Stream.Null, limit.Token).ConfigureAwait(false);
        }
    }

    /// <summary>The answer to a statement that has succeeded; its body is still to be read.</summary>
    private async Task<HttpResponseMessage> SendAsync(string id, Request request, OperationLimit limit)
    {
        var uri = request.Uri(_database, id, ServerBufferBytes);
        using var message = new HttpRequestMessage(HttpMethod.Post, uri) { Content = request.Content };
        try
        {
            var response = await _client.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, limit.Token).ConfigureAwait(false);
            if (response.StatusCode == HttpStatusCode.OK)
            {
                return response;
            }

            using (response)
            {
                throw await HttpFailure.OfAsync(response, Address, request.Statement, limit.Token).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException e) when (limit.Token.IsCancellationRequested)
        {
            throw limit.Ended(e);
        }
        catch (Exception e) when (e is HttpRequestException or IOException or OperationCanceledException)
        {
            throw HttpFailure.Of(e, Address);
        }
    }

    /// <summary>Tells the server to stop a statement; best effort, as its connection may be what is broken.</summary>
    private async Task KillAsync(string id)
    {
        try
        {
            using var patience = new CancellationTokenSource(KillPatience, _options.Time);
            using var content = Text(Sql.Format($"KILL QUERY WHERE query_id = {id} ASYNC").Text);
            using var message = new HttpRequestMessage(HttpMethod.Post, "/") { Content = content };
            using var response = await _client.SendAsync(message, patience.Token).ConfigureAwait(false);
        }
        catch (Exception e) when (e is HttpRequestException or IOException or OperationCanceledException or ObjectDisposedException)
        {
            System.Diagnostics.Debug.WriteLine(e);
        }
    }
}
