using System.Security.Cryptography;
using System.Text;
using Stillwatch.Evidence.Pseudonymization;
using Stillwatch.Evidence.Storage;
using Stillwatch.Interactions;

namespace Stillwatch.Evidence.Cases;

/// <summary>Names that stand for accounts and persons in everything that leaves: HMAC-SHA-256 of the name under a secret.</summary>
/// <remarks>
/// Whoever has no secret can neither undo a pseudonym nor test a guess. The same account has the same pseudonym in all of its cases,
/// until its own secret is destroyed: then nobody can tell whose it was, and the account, should it be met again, gets another. Persons
/// who work on cases share one secret. Two names share a pseudonym with probability 2^-128.
/// </remarks>
public sealed class Pseudonyms
{
    private const string AccountPrefix = "acct-";
    private const string AccountPurpose = "account";
    private const int NonceLength = 12;
    private const int TagLength = 16;

    private readonly PseudonymKey _key;
    private readonly AccountKeys _accounts;

    private Pseudonyms(PseudonymKey key, AccountKeys accounts) => (_key, _accounts) = (key, accounts);

    /// <summary>Reads the secrets, or makes them where there are none (mode 0600).</summary>
    /// <param name="keyPath">The file of the key; the accounts' own are in <c>accounts.keys</c> beside it.</param>
    /// <exception cref="InvalidDataException">A file holds no such secrets, or others than its owner may use it.</exception>
    public static Pseudonyms OpenOrCreate(string keyPath)
    {
        var accounts = Path.Combine(Path.GetDirectoryName(Path.GetFullPath(keyPath))!, "accounts.keys");
        if (!File.Exists(accounts))
        {
            if (File.Exists(keyPath))
            {
                throw new InvalidDataException($"{accounts} is missing: without it no pseudonym can be traced back.");
            }

            AccountKeys.Create(accounts);
        }

        return new(new PseudonymKey(SecretFile.ReadOrCreate(keyPath, PseudonymKey.KeyBytes)), AccountKeys.Open(accounts));
    }

    /// <summary>The pseudonym of an account; null if it has none.</summary>
    public string? Find(AccountId account) =>
        _accounts.ByTag(TagOf(account)) is { } found && PseudonymOf(account, found.Secret) == found.Pseudonym
            ? $"{AccountPrefix}{found.Pseudonym}"
            : null;

    /// <summary>The pseudonym of a person who works on cases.</summary>
    public string OfPerson(string name) => $"person-{_key.Of("person", name)}";

    /// <summary>Gives a pseudonym to each account that has none; by account.</summary>
    internal IReadOnlyDictionary<string, string> Assign(IEnumerable<AccountId> accounts)
    {
        var all = accounts.Distinct().ToList();
        _accounts.Add([.. all.Where(account => Find(account) is null).Select(New)]);
        return all.ToDictionary(account => account.Value, account => Find(account)!, StringComparer.Ordinal);
    }

    /// <summary>The name of an account, encrypted under its own secret.</summary>
    internal string Seal(string account, string pseudonym)
    {
        var name = Encoding.UTF8.GetBytes(account);
        var box = new byte[NonceLength + TagLength + name.Length];
        RandomNumberGenerator.Fill(box.AsSpan(0, NonceLength));
        using var cipher = Cipher(_accounts.SecretOf(pseudonym[AccountPrefix.Length..])
            ?? throw new InvalidOperationException($"{pseudonym} has no secret."));
        cipher.Encrypt(
            box.AsSpan(0, NonceLength), name, box.AsSpan(NonceLength + TagLength), box.AsSpan(NonceLength, TagLength));
        return Convert.ToBase64String(box);
    }

    /// <summary>The name behind a pseudonym; null if its secret was destroyed.</summary>
    /// <exception cref="InvalidDataException">What is sealed was changed, or is of another pseudonym.</exception>
    internal string? Unseal(string pseudonym, string sealedName)
    {
        if (!pseudonym.StartsWith(AccountPrefix, StringComparison.Ordinal)
            || _accounts.SecretOf(pseudonym[AccountPrefix.Length..]) is not { } secret)
        {
            return null;
        }

        var box = Convert.FromBase64String(sealedName);
        var name = new byte[Math.Max(0, box.Length - NonceLength - TagLength)];
        using var cipher = Cipher(secret);
        try
        {
            cipher.Decrypt(
                box.AsSpan(0, NonceLength), box.AsSpan(NonceLength + TagLength), box.AsSpan(NonceLength, TagLength), name);
        }
        catch (Exception changed) when (changed is AuthenticationTagMismatchException or ArgumentException)
        {
            throw new InvalidDataException($"The name behind {pseudonym} was changed, or kept under another secret.", changed);
        }

        return Encoding.UTF8.GetString(name);
    }

    /// <summary>Destroys what a pseudonym can be traced back with. Does nothing if that was done.</summary>
    internal void Forget(string pseudonym) => _accounts.Destroy(pseudonym[AccountPrefix.Length..]);

    private static string PseudonymOf(AccountId account, byte[] secret) => new PseudonymKey(secret).Of(AccountPurpose, account.Value);

    private static AesGcm Cipher(byte[] secret) => new(HMACSHA256.HashData(secret, "stillwatch/account-name"u8), TagLength);

    private string TagOf(AccountId account) => _key.Of("account-secret", account.Value);

    private (string Tag, string Pseudonym, byte[] Secret) New(AccountId account)
    {
        var secret = RandomNumberGenerator.GetBytes(AccountKeys.SecretBytes);
        return (TagOf(account), PseudonymOf(account, secret), secret);
    }
}
