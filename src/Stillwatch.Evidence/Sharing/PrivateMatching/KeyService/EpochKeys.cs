using System.Globalization;
using System.Text;
using Stillwatch.Evidence.Sharing.PrivateMatching.Voprf;

namespace Stillwatch.Evidence.Sharing.PrivateMatching.KeyService;

/// <summary>
/// One key a quarter, derived from a seed (RFC 9497, 3.2.1, with the epoch as info). Tokens of different epochs cannot be compared, so
/// what was published loses its worth with the key: the present and the previous epoch are evaluated, older ones never again.
/// </summary>
public sealed class EpochKeys : IDisposable
{
    private readonly byte[] _seed;
    private readonly TimeProvider _time;
    private readonly Lock _gate = new();
    private readonly Dictionary<string, OprfServer> _keys = [];

    /// <param name="seed">32 uniformly random bytes: the secret of the whole service.</param>
    /// <param name="time">The clock that decides the epoch.</param>
    public EpochKeys(ReadOnlySpan<byte> seed, TimeProvider time)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(seed.Length, Scalar.Bytes, nameof(seed));
        (_seed, _time) = (seed.ToArray(), time);
    }

    /// <summary>The epochs that are evaluated, the present one first.</summary>
    public IReadOnlyList<string> Open
    {
        get
        {
            var now = _time.GetUtcNow();
            return [Of(now), Of(new DateTimeOffset(now.Year, (3 * ((now.Month - 1) / 3)) + 1, 1, 0, 0, 0, TimeSpan.Zero).AddDays(-1))];
        }
    }

    /// <summary>The epoch of a time, such as 2026-Q1.</summary>
    public static string Of(DateTimeOffset time) =>
        string.Create(CultureInfo.InvariantCulture, $"{time.UtcDateTime.Year:D4}-Q{((time.UtcDateTime.Month - 1) / 3) + 1}");

    /// <summary>The key of an open epoch; null for any other.</summary>
    public OprfServer? Key(string epoch)
    {
        if (!Open.Contains(epoch))
        {
            return null;
        }

        lock (_gate)
        {
            if (!_keys.TryGetValue(epoch, out var key))
            {
                key = OprfServer.Derive(OprfMode.Verifiable, _seed, Encoding.UTF8.GetBytes($"stillwatch match tokens {epoch}"));
                _keys.Add(epoch, key);
            }

            return key;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var key in _keys.Values)
        {
            key.Dispose();
        }
    }
}
