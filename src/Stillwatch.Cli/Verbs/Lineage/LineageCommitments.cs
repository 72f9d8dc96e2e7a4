using Stillwatch.Cli.Verbs.Marks;
using Stillwatch.Evidence.Decisions;
using Stillwatch.Evidence.Dossiers;
using Stillwatch.Evidence.Signing;
using Stillwatch.Evidence.TransparencyLog;
using Stillwatch.Evidence.TransparencyLog.Proofs;
using Stillwatch.Provenance.Reports;

namespace Stillwatch.Cli.Verbs.Lineage;

/// <summary>The entries of a log that bind to keys and books of a test, with proofs and timestamps.</summary>
/// <param name="Entries">Each with its proof, in the order of the log.</param>
/// <param name="Timestamps">The earliest timestamps that cover them.</param>
internal sealed record LineageCommitments(
    IReadOnlyList<(DecisionEntry Entry, TlogProof Proof)> Entries, IReadOnlyList<DossierTimestamp> Timestamps)
{
    /// <summary>No log was given.</summary>
    public static LineageCommitments None { get; } = new([], []);

    /// <summary>What they say.</summary>
    public IReadOnlyList<Precommitment> Precommitments => [.. Entries.Select(pair => Of(pair.Entry, pair.Proof, Timestamps))];

    /// <summary>Looks for commitments in a log.</summary>
    /// <param name="directory">The log.</param>
    /// <param name="key">Its key.</param>
    /// <param name="wanted">Subjects of entries, and what they are to bind to.</param>
    /// <exception cref="UnusableException">One of them is not there.</exception>
    public static LineageCommitments Find(
        string directory, NoteVerifierKey key, IReadOnlyList<(string Subject, string Commitment)> wanted)
    {
        var log = LogReader.Open(directory, key);
        var found = MarkCommitment.FindAll(log, wanted);
        if (wanted.FirstOrDefault(one => !found.ContainsKey(one.Commitment)) is { Subject: { } absent })
        {
            throw new UnusableException($"{absent} is not in the log: it holds no commitment to it.");
        }

        var indexes = found.Values.Select(static one => one.Index).Order().ToList();
        return new(
            [.. found.Values.OrderBy(static one => one.Index).Select(one => (one.Entry, log.Prove(one.Index)))],
            DossierTimestamp.Choose(log, new LogAttachments(directory).Timestamps(key), indexes));
    }

    /// <summary>What one entry says.</summary>
    /// <exception cref="InvalidDataException">It is no commitment.</exception>
    public static Precommitment Of(DecisionEntry entry, TlogProof proof, IReadOnlyList<DossierTimestamp> timestamps)
    {
        if (entry.Kind != EntryKind.KeyCommitment || MarkCommitment.CommitmentOf(entry) is not { } commitment)
        {
            throw new InvalidDataException($"Entry {proof.Index} is no commitment to a key.");
        }

        var stamp = timestamps.Where(stamp => stamp.Size > proof.Index).MinBy(static stamp => stamp.Size);
        var checkpoint = proof.Checkpoint.Checkpoint;
        return new(entry.Subject, commitment, checkpoint.Origin, proof.Index, checkpoint.Size, entry.At, stamp?.Token.At);
    }
}
