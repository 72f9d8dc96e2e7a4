using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Stillwatch.Evidence.Decisions;
using Stillwatch.Evidence.Signing;
using Stillwatch.Evidence.TransparencyLog;
using Stillwatch.Gateway.Configuration;
using Stillwatch.Gateway.Quotas;

namespace Stillwatch.Gateway.Decisions;

/// <summary>Records, before they take effect, which policies and limits a gateway enforces: by digest, in the transparency log.</summary>
/// <param name="options">The log.</param>
/// <param name="time">Clock.</param>
public sealed class PolicyRecord(DecisionOptions options, TimeProvider time)
{
    private const string Actor = "gateway";

    private readonly ConcurrentDictionary<string, string> _recorded = new(StringComparer.Ordinal);

    /// <summary>Takes an entry of the log: what was recorded last is not recorded again.</summary>
    public void Apply(DecisionEntry entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        if (entry.Kind is EntryKind.PolicyChange && entry.Body["policy"] is JsonValue policy && policy.TryGetValue<string>(out var digest))
        {
            _recorded[entry.Subject] = digest;
        }
    }

    /// <summary>Records what is about to be enforced, where it is not what was recorded last; ends when that is durable.</summary>
    /// <exception cref="IOException">The log takes nothing: then nothing may be enforced that is not in it.</exception>
    /// <exception cref="InvalidDataException">The log, or its key, cannot be used.</exception>
    public async Task RecordAsync(GatewayOptions enforced, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(enforced);
        var changed = Digests(enforced).Where(item => _recorded.GetValueOrDefault(item.Subject, Nothing) != item.Digest).ToList();
        if (changed.Count == 0)
        {
            return;
        }

        using var key = SigningKeyFile.Read(options.Key);
        var log = await LogWriter.OpenWaitingAsync(options.Log, key, cancellation: cancellationToken).ConfigureAwait(false);
        await using (log.ConfigureAwait(false))
        {
            foreach (var (subject, digest) in changed)
            {
                var now = time.GetUtcNow();
                var id = string.Create(CultureInfo.InvariantCulture, $"{subject}/{now.UtcTicks}/{Guid.CreateVersion7()}");
                var entry = DecisionEntry.Create(id, EntryKind.PolicyChange, subject, Actor, now, new JsonObject { ["policy"] = digest });
                await log.AppendAsync(entry.Bytes, cancellationToken).ConfigureAwait(false);
                _recorded[subject] = digest;
            }
        }
    }

    private const string Nothing = "none";

    private static IEnumerable<(string Subject, string Digest)> Digests(GatewayOptions options)
    {
        yield return ("policy/access", options.Policies?.InForce?.Sha256 ?? Nothing);
        yield return ("policy/access-dry-run", options.Policies?.DryRun?.Sha256 ?? Nothing);
        yield return ("policy/limits", options.Quotas is { } quotas ? Digest(quotas.Limits) : Nothing);
        yield return ("policy/responses", options.Responses.Text is { Length: > 0 } text ? Digest(text) : Nothing);
    }

    private static string Digest(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    /// <summary>The digest of limits as text, a line each: whoever has the configuration can make it again.</summary>
    private static string Digest(QuotaLimits limits)
    {
        var text = new StringBuilder();
        foreach (var limit in limits.Limits)
        {
            var match = limit.Match;
            var lists = new[] { match.Keys, match.Accounts, match.Organisations, match.Models, match.Regions, match.Tiers };
            var matches = string.Join(';', lists.Select(static list => list is null ? "*" : string.Join(',', list)));
            text.Append(CultureInfo.InvariantCulture, $"{limit.Name}|{limit.Measure}|{limit.Cap}|{limit.Window}|{limit.Per}|{matches}\n");
        }

        return Digest(text.ToString());
    }
}
