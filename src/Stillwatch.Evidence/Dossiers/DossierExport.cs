using System.Globalization;
using System.Text.Json.Nodes;
using Stillwatch.Evidence.Cases;
using Stillwatch.Evidence.Signing;
using Stillwatch.Evidence.TransparencyLog;
using Stillwatch.Evidence.TransparencyLog.Proofs;

namespace Stillwatch.Evidence.Dossiers;

/// <summary>Puts the dossier of a case together.</summary>
/// <param name="logDirectory">The log.</param>
/// <param name="key">Its key, which signs the dossier.</param>
/// <param name="vault">The content of cases.</param>
/// <param name="software">Name, version and runtime of this program.</param>
/// <param name="time">The clock.</param>
public sealed class DossierExport(string logDirectory, NoteSigningKey key, CaseVault vault, string software, TimeProvider time)
{
    /// <summary>Makes the dossier; nothing is written and nothing is logged.</summary>
    /// <param name="number">The case.</param>
    /// <param name="samples">Interactions, as <see cref="InteractionSampler"/> draws them; null for none.</param>
    /// <param name="cancellation">Ends the work.</param>
    /// <exception cref="InvalidDataException">There is no such case, or its content was deleted.</exception>
    public async Task<DossierFiles> MakeAsync(int number, JsonObject? samples, CancellationToken cancellation = default)
    {
        var state = CaseBook.Read(logDirectory, key.VerifierKey, cancellation).Find(number);
        var log = OpenLog(state);
        var source = new DossierSource
        {
            Number = number,
            Software = software,
            MadeAt = time.GetUtcNow().UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture),
            Checkpoint = log.Checkpoint.ToBytes(),
            Entries = [.. state.Entries.Select(entry => (entry.Entry.Bytes.ToArray(), log.Prove(entry.Index)))],
            Contents = state.Entries.Where(entry => entry.Content is not null)
                .Select(entry => vault.Get(number, entry.Content!)).ToDictionary(content => content.Digest),
            Timestamps = DossierTimestamp.Choose(
                log, new LogAttachments(logDirectory).Timestamps(key.VerifierKey), state.Entries.Select(entry => entry.Index)),
            Samples = samples,
        };
        var files = new DossierFiles();
        source.AddTo(files);
        var derived = await DossierDerivation.OfAsync(source, cancellation).ConfigureAwait(false);
        foreach (var (name, content) in await derived.FilesAsync(source, cancellation).ConfigureAwait(false))
        {
            files.Add(name, content);
        }

        DossierManifest.Seal(files, number, key);
        return files;
    }

    /// <summary>The log under the checkpoint that witnesses have cosigned, if that holds all of the case; else under the latest.</summary>
    private LogReader OpenLog(CaseState state) =>
        new LogAttachments(logDirectory).Witnessed(TrustPolicy.Of(key.VerifierKey)) is { } witnessed
            && witnessed.Checkpoint.Size > state.Latest.Index
        ? LogReader.OpenAt(logDirectory, witnessed)
        : LogReader.Open(logDirectory, key.VerifierKey);
}
