using System.Security.Cryptography;
using System.Text;
using Stillwatch.Evidence.Signing;
using Stillwatch.Interactions;

namespace Stillwatch.Evidence.Cases;

/// <summary>Names that stand for accounts and persons in everything that leaves: HMAC-SHA256 of the name under a secret key.</summary>
/// <remarks>
/// <code>
/// account: "acct-"   || hex(HMAC(key, "account" 00 name)[:16])
/// person:  "person-" || hex(HMAC(key, "person"  00 name)[:16])
/// </code>
/// Whoever has no key can neither undo a pseudonym nor test a guess. One key is one domain of pseudonymisation: the same account has the
/// same pseudonym in all of its cases. Two names share one with probability 2^-128.
/// </remarks>
public sealed class Pseudonyms
{
    private const int KeyLength = 32;
    private const int KeptBytes = 16;

    private readonly byte[] _key;

    private Pseudonyms(byte[] key) => _key = key;

    /// <summary>Reads the key of a file, or makes one where there is none (mode 0600).</summary>
    /// <exception cref="InvalidDataException">The file holds no such key, or others than its owner may use it.</exception>
    public static Pseudonyms OpenOrCreate(string keyPath)
    {
        if (!File.Exists(keyPath))
        {
            OwnerOnlyFile.Create(keyPath, RandomNumberGenerator.GetBytes(KeyLength));
        }

        var key = OwnerOnlyFile.Read(keyPath, KeyLength);
        return key.Length == KeyLength
            ? new(key)
            : throw new InvalidDataException($"{keyPath} is no key of {KeyLength} bytes; if it was never used, remove it.");
    }

    /// <summary>The pseudonym of an account.</summary>
    public string Of(AccountId account) => $"acct-{Tag("account", account.Value)}";

    /// <summary>The pseudonym of a person who works on cases.</summary>
    public string OfPerson(string name) => $"person-{Tag("person", name)}";

    private string Tag(string domain, string name) =>
        Convert.ToHexStringLower(HMACSHA256.HashData(_key, Encoding.UTF8.GetBytes($"{domain}\0{name}")).AsSpan(0, KeptBytes));
}
