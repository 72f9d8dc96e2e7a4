using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Stillwatch.Evidence.CanonicalJson;
using Stillwatch.Evidence.Decisions;
using Stillwatch.Evidence.Dossiers;
using Stillwatch.Evidence.Signing;
using Stillwatch.Evidence.TransparencyLog.Proofs;
using Stillwatch.Provenance.Reports;

namespace Stillwatch.Cli.Verbs.Lineage;

/// <summary>A report's files: what it was computed from, what it says, and the list of both. Stateless.</summary>
/// <remarks>
/// <code>
/// report.json                        the report, in canonical form (RFC 8785)
/// report.txt, README.txt             the same for people; how to check it
/// inputs/NN-ROLE/NAME                the inputs, byte for byte
/// commitments/INDEX.json, .tlog-proof  entries that bind to keys and books, and that the log holds them
/// timestamps/SIZE.*                  as in dossiers
/// SHA256SUMS, SHA256SUMS.note        the list, and the log's signature under it where one was asked for
/// </code>
/// Keys and books are not in it.
/// </remarks>
internal static class LineageReportFiles
{
    public const string ReportName = "report.json";
    public const string InputFolder = "inputs/";
    public const string CommitmentFolder = "commitments/";
    public const string ProofSuffix = ".tlog-proof";

    private const string TextName = "report.txt";
    private const string InstructionsName = "README.txt";
    private const string FirstLine = "stillwatch/lineage-report@v1";

    /// <summary>Whether files are a report of a lineage test.</summary>
    public static bool Are(DossierFiles files) => files.Find(ReportName) is not null;

    /// <summary>The files that follow from the report.</summary>
    public static IEnumerable<(string Name, byte[] Content)> Derived(JsonObject report)
    {
        yield return (ReportName, JsonCanonicalization.Canonicalize(report));

        // From the canonical form, so that whoever has only that derives the same text.
        var canonical = Parse(JsonCanonicalization.Canonicalize(report));
        yield return (TextName, Encoding.UTF8.GetBytes(LineageText.Write(canonical)));
        yield return (InstructionsName, Encoding.UTF8.GetBytes(Instructions));
    }

    /// <summary>Puts a report together.</summary>
    /// <param name="report">The report.</param>
    /// <param name="inputs">Its inputs.</param>
    /// <param name="commitments">The entries it names, each with its proof.</param>
    /// <param name="timestamps">Timestamps that cover them.</param>
    /// <param name="signer">Who signs the list; null for nobody.</param>
    public static DossierFiles Make(
        JsonObject report,
        IEnumerable<ReportInput> inputs,
        IEnumerable<(DecisionEntry Entry, TlogProof Proof)> commitments,
        IEnumerable<DossierTimestamp> timestamps,
        NoteSigningKey? signer)
    {
        var files = new DossierFiles();
        foreach (var input in inputs)
        {
            files.Add(input.Name, input.Content);
        }

        foreach (var (entry, proof) in commitments)
        {
            var name = EntryName(proof.Index);
            files.Add($"{name}.json", entry.Bytes.ToArray());
            files.Add($"{name}{ProofSuffix}", proof.ToBytes());
        }

        foreach (var stamp in timestamps)
        {
            stamp.AddTo(files);
        }

        foreach (var (name, content) in Derived(report))
        {
            files.Add(name, content);
        }

        var list = List(files);
        files.Add(DossierManifest.ListName, list);
        if (signer is not null)
        {
            var text = SignedText(list);
            files.Add(DossierManifest.NoteName, new SignedNote(text, [signer.Sign(text)]).ToBytes());
        }

        return files;
    }

    /// <summary>The name of an entry's files without their endings.</summary>
    public static string EntryName(ulong index) => $"{CommitmentFolder}{index}";

    /// <summary>The list of all files, as sha256sum writes it.</summary>
    public static byte[] List(DossierFiles files) => Encoding.UTF8.GetBytes(string.Concat(
        DossierManifest.Items(files).Select(static item => $"{item.Sha256}  {item.Id}\n")));

    /// <summary>What is signed.</summary>
    public static byte[] SignedText(byte[] list) => Encoding.UTF8.GetBytes(
        $"{FirstLine}\n{Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(list))}\n");

    /// <summary>Reads a report in canonical form.</summary>
    /// <exception cref="InvalidDataException">It is no JSON object, or has no canonical form.</exception>
    public static JsonObject Parse(byte[] report)
    {
        try
        {
            return JsonNode.Parse(JsonCanonicalization.Canonicalize(report)) as JsonObject
                ?? throw new InvalidDataException($"{ReportName} is no JSON object.");
        }
        catch (JsonException fault)
        {
            throw new InvalidDataException($"{ReportName} is no JSON.", fault);
        }
    }

    private const string Instructions =
        """
        This folder holds the report of a lineage test: report.txt for people, report.json for programs, and all that they follow from
        but the secret keys of the marks and the books of canaries.

        To check it:
          sha256sum -c SHA256SUMS
          stillwatch lineage verify . --vkey LOG.pub --key KEY.json
        The first compares the files with their list. The second computes every figure again from inputs/, byte for byte, checks that the
        keys it is given are those that were committed to, and that the log holds the commitments. The key comes from whoever made the
        report ('stillwatch mark reveal'), the log's key from somebody you trust. Without keys, --integrity-only checks all the rest.

        By hand: the colour of (context, token) is a bit of AES-128 under the key (docs/watermarking.md of Stillwatch); a p-value of
        'published' is the upper tail of a binomial distribution with 'scored' trials, probability 1/2 and 'green' successes.

        """;
}
