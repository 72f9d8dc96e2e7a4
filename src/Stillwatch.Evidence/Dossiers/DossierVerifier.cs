using System.Globalization;
using System.Security.Cryptography.X509Certificates;
using Stillwatch.Evidence.TransparencyLog;
using Stillwatch.Evidence.TransparencyLog.Proofs;

namespace Stillwatch.Evidence.Dossiers;

/// <summary>Verifies a dossier offline: needs its files and the key, or a policy, of a log that is trusted; no secret.</summary>
public static class DossierVerifier
{
    /// <summary>
    /// Checks everything that can be checked. What is not as a trusted key has signed it is not looked into any further.
    /// </summary>
    /// <param name="files">The dossier.</param>
    /// <param name="policy">The logs and witnesses that are trusted.</param>
    /// <param name="authorities">The timestamp authorities that are trusted; null to leave open who signed the tokens.</param>
    /// <param name="cancellation">Ends the work.</param>
    /// <exception cref="InvalidDataException">The files are no dossier at all.</exception>
    public static async Task<IReadOnlyList<DossierCheck>> VerifyAsync(
        DossierFiles files, TrustPolicy policy, X509Certificate2Collection? authorities = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(files);
        ArgumentNullException.ThrowIfNull(policy);
        var signed = new DossierCheck(
            Text($"{files.Names.Count} files are as the log's key signed them, none added, none missing"),
            DossierManifest.Verify(files, policy));
        if (!signed.Holds)
        {
            return [signed];
        }

        var source = DossierSource.Read(files);
        var derived = await DossierDerivation.OfAsync(source, cancellation).ConfigureAwait(false);
        return
        [
            signed,
            new(Text($"the checkpoint, and the case {source.Number}, are those of the signature's log"), Judge(files, source, policy)),
            new(Text($"{source.Entries.Count} entries are in the log under this checkpoint"), Prove(source, policy)),
            Stamped(source, policy, authorities),
            new(Text($"{source.Contents.Count} contents are those that the entries name, and the steps follow the rules of cases"), []),
            new(Text($"{derived.Figures.Json.Count} figures, computed again, agree with the findings"), derived.Figures.Faults),
            new("findings, figures, timeline, narrative and instructions, made again, are the same byte for byte",
                await CompareAsync(files, source, derived, cancellation).ConfigureAwait(false)),
        ];
    }

    private static DossierCheck Stamped(DossierSource source, TrustPolicy policy, X509Certificate2Collection? authorities)
    {
        var current = SignedCheckpoint.ParseUnverified(source.Checkpoint).Checkpoint;
        var by = (source.Timestamps.Count, authorities) switch
        {
            (0, _) => string.Empty,
            (_, null) => "; by whom was not asked",
            _ => ", by authorities that are trusted",
        };
        return new(
            Text($"{source.Timestamps.Count} timestamps are of checkpoints that this one continues{by}"),
            [.. source.Timestamps.SelectMany(stamp => stamp.Faults(current, policy, authorities))]);
    }

    private static List<string> Judge(DossierFiles files, DossierSource source, TrustPolicy policy)
    {
        var verdict = policy.Judge(SignedCheckpoint.ParseUnverified(source.Checkpoint));
        return
        [
            .. verdict == CheckpointVerdict.Accepted ? Array.Empty<string>() : [$"The checkpoint: {verdict}."],
            .. DossierManifest.CaseNumber(files) == source.Number ? Array.Empty<string>() : ["The signature is about another case."],
        ];
    }

    private static List<string> Prove(DossierSource source, TrustPolicy policy) =>
    [
        .. source.Entries.Select(pair => (pair.Proof.Index, Verdict: pair.Proof.Verify(pair.Entry, policy)))
            .Where(pair => pair.Verdict != TlogProofVerdict.Included).Select(pair => Text($"Entry {pair.Index}: {pair.Verdict}.")),
        .. source.Entries.Where(pair => !pair.Proof.Checkpoint.ToBytes().AsSpan().SequenceEqual(source.Checkpoint))
            .Select(pair => Text($"Entry {pair.Proof.Index} is proved under another checkpoint.")),
    ];

    /// <summary>Also demands that there is no file that neither is a source nor follows from one.</summary>
    private static async Task<List<string>> CompareAsync(
        DossierFiles files, DossierSource source, DossierDerivation derived, CancellationToken cancellation)
    {
        var again = new DossierFiles();
        source.AddTo(again);
        foreach (var (name, content) in await derived.FilesAsync(source, cancellation).ConfigureAwait(false))
        {
            again.Add(name, content);
        }

        var unexplained = files.Names.Except(again.Names).Where(name => name is not (DossierManifest.ListName or DossierManifest.NoteName));
        return
        [
            .. again.Names.Where(name => files.Find(name) is not { } content || !content.AsSpan().SequenceEqual(again.Get(name)))
                .Select(name => $"{name} is not what this program ({source.Software} made it) derives from the rest."),
            .. unexplained.Select(name => $"{name} has no place in a dossier."),
        ];
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
