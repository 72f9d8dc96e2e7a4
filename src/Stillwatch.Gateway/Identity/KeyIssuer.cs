using System.Globalization;
using System.Text;

namespace Stillwatch.Gateway.Identity;

/// <summary>Makes, rotates and revokes keys in their file. Changes of several processes wait for each other.</summary>
/// <param name="path">The file; made where it is absent.</param>
/// <param name="time">Tells the present.</param>
public sealed class KeyIssuer(string path, TimeProvider time)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    /// <summary>Makes a key.</summary>
    /// <param name="key">Whose it is and what it may do; id, time and secrets are replaced.</param>
    /// <returns>The key, and its text, which is nowhere kept.</returns>
    /// <exception cref="InvalidDataException">A member cannot be used.</exception>
    public (GatewayKey Key, string Text) Create(GatewayKey key)
    {
        var (made, text) = Create(key, hasSecret: true);
        return (made, text!);
    }

    /// <summary>Makes a key, with a secret or one that only its certificates prove.</summary>
    /// <param name="key">Whose it is and what it may do; id, time and secrets are replaced.</param>
    /// <param name="hasSecret">Whether it gets a secret; otherwise it needs certificates.</param>
    /// <returns>The key, and its text, which is nowhere kept; null without a secret.</returns>
    /// <exception cref="InvalidDataException">A member cannot be used.</exception>
    public (GatewayKey Key, string? Text) Create(GatewayKey key, bool hasSecret)
    {
        ArgumentNullException.ThrowIfNull(key);
        using var turn = TakeTurn();
        var id = KeyText.NewId();
        var text = hasSecret ? KeyText.New(id) : null;
        var made = key with { Id = id, Created = Now, Secrets = text is null ? [] : [new(KeyText.Hash(text), Now)] };
        KeyFile.Save(path, [.. KeyFile.Load(path), made]);
        return (made, text);
    }

    /// <summary>Gives a key a second secret; those that it had expire.</summary>
    /// <param name="id">The key.</param>
    /// <param name="overlap">How long the old secrets are accepted still.</param>
    /// <returns>The key's new text, which is nowhere kept.</returns>
    /// <exception cref="InvalidDataException">There is no such key, or it was revoked.</exception>
    public string Rotate(string id, TimeSpan overlap)
    {
        var text = KeyText.New(id);
        Change(id, key =>
        {
            var end = Now + overlap;
            var old = key.Secrets.Where(secret => secret.Expires is not { } expires || expires > Now)
                .Select(secret => secret with { Expires = secret.Expires < end ? secret.Expires : end });
            return key with { Secrets = [.. old.TakeLast(1), new(KeyText.Hash(text), Now)] };
        });
        return text;
    }

    /// <summary>Takes a key back.</summary>
    /// <exception cref="InvalidDataException">There is no such key, or it was revoked before.</exception>
    public void Revoke(string id) => Change(id, key => key with { Revoked = Now });

    private DateTimeOffset Now => DateTimeOffset.FromUnixTimeSeconds(time.GetUtcNow().ToUnixTimeSeconds());

    private void Change(string id, Func<GatewayKey, GatewayKey> change)
    {
        ArgumentException.ThrowIfNullOrEmpty(id);
        using var turn = TakeTurn();
        var keys = KeyFile.Load(path).ToList();
        var at = keys.FindIndex(key => key.Id == id);
        if (at < 0)
        {
            throw new InvalidDataException($"{path} has no key '{id}'; 'stillwatch key list' shows what there is.");
        }

        if (keys[at].Revoked is { } revoked)
        {
            throw new InvalidDataException(string.Create(CultureInfo.InvariantCulture, $"the key '{id}' was revoked at {revoked:u}."));
        }

        keys[at] = change(keys[at]);
        KeyFile.Save(path, keys);
    }

    /// <summary>Holds a lock beside the file until it is disposed; the file itself is replaced by every change.</summary>
    private FileStream TakeTurn()
    {
        var began = time.GetTimestamp();
        using var pause = new ManualResetEventSlim();
        while (true)
        {
            try
            {
                var turn = new FileStream($"{path}.lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
                turn.SetLength(0);
                turn.Write(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{Environment.ProcessId}\n")));
                return turn;
            }
            catch (IOException) when (time.GetElapsedTime(began) < Patience)
            {
                pause.Wait(Pause);
            }
        }
    }
}
