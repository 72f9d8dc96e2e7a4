using Stillwatch.Evidence.Pseudonymization;
using Stillwatch.Evidence.Storage;
using Stillwatch.Interactions;

namespace Stillwatch.Evidence.Cases;

/// <summary>Names that stand for accounts and persons in everything that leaves: HMAC-SHA256 of the name under a secret key.</summary>
/// <remarks>
/// Whoever has no key can neither undo a pseudonym nor test a guess. One key is one domain of pseudonymisation: the same account has the
/// same pseudonym in all of its cases. Two names share one with probability 2^-128.
/// </remarks>
public sealed class Pseudonyms
{
    private readonly PseudonymKey _key;

    private Pseudonyms(PseudonymKey key) => _key = key;

    /// <summary>Reads the key of a file, or makes one where there is none (mode 0600).</summary>
    /// <exception cref="InvalidDataException">The file holds no such key, or others than its owner may use it.</exception>
    public static Pseudonyms OpenOrCreate(string keyPath) => new(new PseudonymKey(SecretFile.ReadOrCreate(keyPath, PseudonymKey.KeyBytes)));

    /// <summary>The pseudonym of an account.</summary>
    public string Of(AccountId account) => $"acct-{_key.Of("account", account.Value)}";

    /// <summary>The pseudonym of a person who works on cases.</summary>
    public string OfPerson(string name) => $"person-{_key.Of("person", name)}";
}
