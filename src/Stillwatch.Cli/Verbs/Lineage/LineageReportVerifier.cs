using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json.Nodes;
using Stillwatch.Cli.Verbs.Marks;
using Stillwatch.Evidence.CanonicalJson;
using Stillwatch.Evidence.Decisions;
using Stillwatch.Evidence.Dossiers;
using Stillwatch.Evidence.Signing;
using Stillwatch.Evidence.TransparencyLog.Proofs;
using Stillwatch.Gateway.Responses;
using Stillwatch.Provenance.Reports;
using Stillwatch.Provenance.Watermarking;

namespace Stillwatch.Cli.Verbs.Lineage;

/// <summary>Verifies the report of a lineage test offline: files, signature, commitments, and every figure computed again.</summary>
/// <param name="files">The report's files.</param>
/// <param name="policy">The logs and witnesses that are trusted; null for none.</param>
/// <param name="authorities">The timestamp authorities that are trusted; null to leave open who signed the tokens.</param>
internal sealed class LineageReportVerifier(DossierFiles files, TrustPolicy? policy, X509Certificate2Collection? authorities)
{
    private JsonObject _report = [];

    /// <summary>Checks everything that can be checked with the secrets that are given.</summary>
    /// <param name="keys">Keys of marks.</param>
    /// <param name="book">The book of canaries; null if it is not given.</param>
    /// <param name="integrityOnly">Do without figures whose secrets are not given.</param>
    /// <param name="cancellation">Ends the work.</param>
    public IReadOnlyList<DossierCheck> Verify(
        IReadOnlyList<RevealedKey> keys, TrapBook? book, bool integrityOnly, CancellationToken cancellation)
    {
        var listed = new DossierCheck(MarkOptions.Text($"{files.Names.Count} files are as listed, none added, none missing"), Listed());
        var signed = new DossierCheck(
            files.Find(DossierManifest.NoteName) is null
                ? "the list is not signed, as the report says" : "the list is signed by a log that is trusted",
            Signed());
        try
        {
            _report = LineageReportFiles.Parse(files.Get(LineageReportFiles.ReportName));
            signed = signed with { Faults = [.. signed.Faults, .. Unsigned()] };
            var settings = LineageReport.SettingsOf(_report);
            var (secrets, foreign) = VerifierSecrets.Match(settings, keys, book);
            var (proved, entries) = Proved();
            var stamps = DossierTimestamp.ReadAll(files);
            var request = new LineageRequest
            {
                Suspect = Text("suspect"),
                Software = Text("software"),
                MadeAt = Text("madeAt"),
                SignedBy = Member(_report, "signedBy"),
                Settings = settings,
                Inputs = Inputs(),
                Precommitments = [.. entries.Select(entry => Precommitted(entry, stamps))],
            };
            var computed = JsonCanonicalization.Canonicalize(LineageReport.Compute(request, secrets, cancellation));
            var (faults, without) = ReportDifferences.Of(_report, LineageReportFiles.Parse(computed));
            return
            [
                listed,
                signed,
                new(MarkOptions.Text($"{keys.Count + (book is null ? 0 : 1)} keys and books are those that were committed to"), foreign),
                new(MarkOptions.Text($"{entries.Count} commitments are in the log"), proved),
                new(MarkOptions.Text($"{stamps.Count} timestamps are of checkpoints of the log"), Stamped(stamps, entries)),
                Recomputed(without, faults, integrityOnly),
                new(
                    "texts for people, made again, are the same byte for byte; no file is unexplained",
                    Underived(request, entries, stamps)),
            ];
        }
        catch (InvalidDataException fault)
        {
            return [listed, signed, new("the report can be computed again", [fault.Message])];
        }
    }

    private static DossierCheck Recomputed(int without, IReadOnlyList<string> faults, bool integrityOnly)
    {
        var what = MarkOptions.Text($"figures, computed again, are the same; {without} rows lack their secret");
        return new(what, without == 0 || integrityOnly
            ? faults
            : [.. faults, MarkOptions.Text($"{without} rows were not computed again: give their keys, or say --integrity-only.")]);
    }

    private List<string> Listed()
    {
        if (files.Find(DossierManifest.ListName) is not { } list)
        {
            return [$"There is no {DossierManifest.ListName}."];
        }

        var claimed = Lines(list);
        var present = Lines(LineageReportFiles.List(files));
        return
        [
            .. claimed.Except(present).Select(static line => $"A file is missing or was changed: {line}"),
            .. present.Except(claimed).Select(static line => $"A file is not in the list: {line}"),
        ];
    }

    private List<string> Signed()
    {
        if (files.Find(DossierManifest.NoteName) is not { } bytes)
        {
            return [];
        }

        if (policy is null)
        {
            return ["The list is signed: say whom you trust, --vkey or --policy."];
        }

        try
        {
            var note = SignedNote.Parse(bytes);
            var isTrusted = note.Verify([.. policy.Logs.Select(static log => log.Key)]) == NoteVerdict.Verified;
            return isTrusted && note.Text.SequenceEqual(LineageReportFiles.SignedText(files.Get(DossierManifest.ListName)))
                ? []
                : [$"{DossierManifest.NoteName} is no signature under this list with a key that is trusted."];
        }
        catch (InvalidDataException fault)
        {
            return [fault.Message];
        }
    }

    /// <summary>Whoever takes the signature away has to change what the report says of it.</summary>
    private IEnumerable<string> Unsigned() => Member(_report, "signedBy") is { } signer && files.Find(DossierManifest.NoteName) is null
        ? [$"The report says that {signer} signed its list, and there is no {DossierManifest.NoteName}."]
        : [];

    /// <summary>The entries with their proofs, in the order of the report, and what is wrong with them.</summary>
    private (List<string> Faults, IReadOnlyList<(DecisionEntry Entry, TlogProof Proof)> Entries) Proved()
    {
        var faults = new List<string>();
        var entries = new List<(DecisionEntry, TlogProof)>();
        foreach (var one in _report["precommitments"] as JsonArray ?? throw new InvalidDataException("report.json has no precommitments."))
        {
            var index = one is JsonObject row && row["entry"] is JsonValue value && value.TryGetValue<ulong>(out var number)
                ? number
                : throw new InvalidDataException("A precommitment of report.json names no entry.");
            var name = LineageReportFiles.EntryName(index);
            var bytes = files.Get($"{name}.json");
            var proof = TlogProof.Parse(files.Get($"{name}{LineageReportFiles.ProofSuffix}"));
            if (proof.Index != index)
            {
                throw new InvalidDataException($"{name}{LineageReportFiles.ProofSuffix} is about entry {proof.Index}.");
            }

            entries.Add((DecisionEntry.Parse(bytes), proof));
            if (policy is null)
            {
                faults.Add($"{name}: say whom you trust, --vkey or --policy.");
            }
            else if (proof.Verify(bytes, policy) is var verdict && verdict != TlogProofVerdict.Included)
            {
                faults.Add($"{name}: {verdict}.");
            }
        }

        return (faults, entries);
    }

    private static Precommitment Precommitted((DecisionEntry Entry, TlogProof Proof) pair, IReadOnlyList<DossierTimestamp> stamps) =>
        LineageCommitments.Of(pair.Entry, pair.Proof, stamps);

    private List<string> Stamped(
        IReadOnlyList<DossierTimestamp> stamps, IReadOnlyList<(DecisionEntry Entry, TlogProof Proof)> entries)
    {
        if (stamps.Count == 0 || policy is null)
        {
            return [];
        }

        return entries is [(_, var proof), ..]
            ? [.. stamps.SelectMany(stamp => stamp.Faults(proof.Checkpoint.Checkpoint, policy, authorities))]
            : ["There are timestamps, and no entry that they are about."];
    }

    private List<ReportInput> Inputs()
    {
        var inputs = new List<ReportInput>();
        foreach (var one in _report["inputs"] as JsonArray ?? throw new InvalidDataException("report.json has no inputs."))
        {
            if (one is not JsonObject row || Member(row, "file") is not { } file || ReportInput.RoleOf(Member(row, "role")) is not { } role)
            {
                throw new InvalidDataException("An input of report.json has no file, or no role that is known.");
            }

            inputs.Add(new(role, file, files.Get(file)));
        }

        return inputs;
    }

    private List<string> Underived(
        LineageRequest request, IReadOnlyList<(DecisionEntry Entry, TlogProof Proof)> entries, IReadOnlyList<DossierTimestamp> stamps)
    {
        DossierFiles again;
        try
        {
            again = LineageReportFiles.Make(_report, request.Inputs, entries, stamps, signer: null);
        }
        catch (Exception fault) when (fault is InvalidOperationException or NullReferenceException or ArgumentException or FormatException)
        {
            return [$"{LineageReportFiles.ReportName} has a row that is none of this form: no text can be made from it."];
        }

        var differing = again.Names.Where(static name => name != DossierManifest.ListName)
            .Where(name => files.Find(name) is not { } content || !content.AsSpan().SequenceEqual(again.Get(name)));
        var unexplained = files.Names.Except(again.Names).Where(static name => name != DossierManifest.NoteName);
        return
        [
            .. differing.Select(name => $"{name} is not what this program ({request.Software} made it) derives from the rest."),
            .. unexplained.Select(static name => $"{name} has no place in a report."),
        ];
    }

    private string Text(string member) =>
        Member(_report, member) ?? throw new InvalidDataException($"report.json has no '{member}', a string.");

    private static string? Member(JsonObject json, string name) =>
        json[name] is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;

    private static HashSet<string> Lines(byte[] list) => [.. Encoding.UTF8.GetString(list).Split('\n')];
}
