using Stillwatch.Interactions;
using Stillwatch.Store.Engine;
using Stillwatch.Store.Schema;

namespace Stillwatch.Store.Ingestion;

/// <summary>Writes registrations, each row with a higher version than all before it, so that the one read last counts.</summary>
internal sealed class RegistrationImport(ClickHouseEngine engine, WriterState state) : IDisposable
{
    private const int BlockRows = 1 << 17;

    private readonly ColumnBlock _rows = new([.. StoreTables.Registrations.Written]);
    private readonly LabelBlock _labels = new(engine, state.Labels);
    private ulong _version;

    /// <summary>Writes all.</summary>
    /// <returns>How many there were.</returns>
    public async Task<long> RunAsync(IAsyncEnumerable<AccountRegistration> registrations, CancellationToken cancellationToken)
    {
        _version = await ReadVersionAsync(cancellationToken).ConfigureAwait(false);
        var first = _version;
        await foreach (var registration in registrations.WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            Add(registration);
            if (_rows.Rows == BlockRows)
            {
                await WriteAsync().ConfigureAwait(false);
            }
        }

        await WriteAsync().ConfigureAwait(false);
        return (long)(_version - first);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _rows.Dispose();
        _labels.Dispose();
    }

    private void Add(AccountRegistration registration)
    {
        _rows.UInt64(Named(LabelKind.Account, registration.Account.Value));
        _rows.Int64(registration.CreatedMs ?? 0);
        _rows.UInt64(Named(LabelKind.Organization, registration.Organization));
        _rows.UInt64(Named(LabelKind.EmailDomain, registration.EmailDomain));
        _rows.UInt64(Named(LabelKind.Payment, registration.Payment));
        _rows.UInt64(Named(LabelKind.Country, registration.Country));
        _rows.UInt64(Named(LabelKind.Program, registration.Program));
        _rows.UInt64(++_version);
        _rows.EndRow();
    }

    private ulong Named(LabelKind kind, string? text)
    {
        var hash = StoreKeys.Text(kind, text);
        if (hash != 0)
        {
            _labels.Add(new(kind, hash, text, default));
        }

        return hash;
    }

    private async Task WriteAsync()
    {
        await _labels.WriteAsync().ConfigureAwait(false);
        await engine.InsertAsync(StoreTables.Registrations.Name, _rows, null, CancellationToken.None).ConfigureAwait(false);
        _rows.Clear();
    }

    private async Task<ulong> ReadVersionAsync(CancellationToken cancellationToken)
    {
        var query = Sql.Of("SELECT max(version) FROM registrations");
        await using var rows = await engine.QueryAsync(query, null, cancellationToken).ConfigureAwait(false);
        return rows.Read() ? rows.UInt64() : 0;
    }
}
