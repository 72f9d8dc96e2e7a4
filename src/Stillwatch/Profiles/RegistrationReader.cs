using Stillwatch.Store.Engine;

namespace Stillwatch.Profiles;

/// <summary>Reads all registrations.</summary>
internal static class RegistrationReader
{
    /// <summary>Each account's registration that counts, ascending by account.</summary>
    public static async Task<List<Registration>> ReadAsync(ClickHouseEngine engine, CancellationToken cancellationToken)
    {
        var query = Sql.Of("SELECT account, created, organization, email_domain, payment, version FROM registrations ORDER BY account");
        await using var rows = await engine.QueryAsync(query, null, cancellationToken).ConfigureAwait(false);
        var registrations = new List<Registration>();
        while (rows.Read())
        {
            var next = new Registration(rows.UInt64(), rows.Int64(), rows.UInt64(), rows.UInt64(), rows.UInt64(), rows.UInt64());
            if (registrations.Count == 0 || registrations[^1].Account != next.Account)
            {
                registrations.Add(next);
            }
            else if (next.Version > registrations[^1].Version)
            {
                registrations[^1] = next;
            }
        }

        return registrations;
    }
}
