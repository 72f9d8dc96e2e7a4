using System.Security.Cryptography;
using System.Text;
using Stillwatch.Evidence.Cases;
using Stillwatch.Evidence.Disclosures;
using Stillwatch.Evidence.Signing;
using Stillwatch.Evidence.TransparencyLog.Proofs;

namespace Stillwatch.Evidence.Dossiers;

/// <summary>The list of a dossier's files with their SHA-256, and the log's signature under it.</summary>
/// <remarks>
/// <code>
/// SHA256SUMS       hex(SHA-256) SP SP name LF, for each other file, as sha256sum writes and checks it
/// SHA256SUMS.note  a signed note: "stillwatch/dossier@v1" LF "case/N" LF hex(SHA-256 of SHA256SUMS) LF
/// </code>
/// The first line keeps the signature from being one of a checkpoint.
/// </remarks>
public static class DossierManifest
{
    /// <summary>The list's name.</summary>
    public const string ListName = "SHA256SUMS";

    /// <summary>The signature's name.</summary>
    public const string NoteName = "SHA256SUMS.note";

    private const string FirstLine = "stillwatch/dossier@v1";

    /// <summary>Adds the list and the signature.</summary>
    public static void Seal(DossierFiles files, int caseNumber, NoteSigningKey log)
    {
        ArgumentNullException.ThrowIfNull(files);
        ArgumentNullException.ThrowIfNull(log);
        var list = List(files);
        var text = Text(caseNumber, list);
        files.Add(ListName, list);
        files.Add(NoteName, new SignedNote(text, [log.Sign(text)]).ToBytes());
    }

    /// <summary>What a record of the dossier's disclosure names: every file of the list, so that its digest is the list's.</summary>
    public static IReadOnlyList<DisclosedItem> Items(DossierFiles files)
    {
        ArgumentNullException.ThrowIfNull(files);
        return [.. files.Names.Where(IsListed).Select(name => new DisclosedItem(name, Hash(files.Get(name))))];
    }

    /// <summary>What is wrong with the list or its signature, a sentence each; empty if every file is as it was signed.</summary>
    /// <param name="files">The dossier.</param>
    /// <param name="policy">Names the log whose key must have signed.</param>
    public static IReadOnlyList<string> Verify(DossierFiles files, TrustPolicy policy)
    {
        ArgumentNullException.ThrowIfNull(files);
        ArgumentNullException.ThrowIfNull(policy);
        var (list, note) = (files.Get(ListName), SignedNote.Parse(files.Get(NoteName)));
        var faults = new List<string>();
        if (note.Verify([.. policy.Logs.Select(log => log.Key)]) != NoteVerdict.Verified)
        {
            faults.Add($"{NoteName} is not signed with a key that is trusted.");
        }

        if (CaseNumber(note) is not { } number || !note.Text.SequenceEqual(Text(number, list)))
        {
            faults.Add($"{NoteName} does not sign this {ListName}.");
        }

        faults.AddRange(Differences(Lines(list), Lines(List(files))));
        return faults;
    }

    /// <summary>The case that the signature is about; null if it names none.</summary>
    public static int? CaseNumber(DossierFiles files)
    {
        ArgumentNullException.ThrowIfNull(files);
        return CaseNumber(SignedNote.Parse(files.Get(NoteName)));
    }

    private static int? CaseNumber(SignedNote note) =>
        Encoding.UTF8.GetString(note.Text).Split('\n') is [_, var subject, ..] ? CaseEntry.NumberOf(subject) : null;

    private static IEnumerable<string> Differences(HashSet<string> signed, HashSet<string> present) =>
        signed.Except(present).Select(line => $"A file is missing or was changed: {line}")
            .Concat(present.Except(signed).Select(line => $"A file is not in the list: {line}"));

    private static HashSet<string> Lines(byte[] list) => [.. Encoding.UTF8.GetString(list).Split('\n')];

    private static byte[] List(DossierFiles files) => Encoding.UTF8.GetBytes(string.Concat(
        Items(files).Select(item => $"{item.Sha256}  {item.Id}\n")));

    private static bool IsListed(string name) => name is not (ListName or NoteName);

    private static byte[] Text(int caseNumber, byte[] list) =>
        Encoding.UTF8.GetBytes($"{FirstLine}\n{CaseEntry.SubjectOf(caseNumber)}\n{Hash(list)}\n");

    private static string Hash(byte[] content) => Convert.ToHexStringLower(SHA256.HashData(content));
}
