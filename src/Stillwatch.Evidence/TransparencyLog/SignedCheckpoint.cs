using Stillwatch.Evidence.Signing;

namespace Stillwatch.Evidence.TransparencyLog;

/// <summary>A checkpoint with the signatures under it.</summary>
public sealed class SignedCheckpoint
{
    private SignedCheckpoint(SignedNote note, Checkpoint checkpoint)
    {
        Note = note;
        Checkpoint = checkpoint;
    }

    /// <summary>What is signed.</summary>
    public Checkpoint Checkpoint { get; }

    /// <summary>The note, with the log's signature and perhaps those of witnesses.</summary>
    public SignedNote Note { get; }

    /// <summary>Reads a checkpoint that nobody has verified: to choose the key by its origin, never to believe it.</summary>
    /// <exception cref="InvalidDataException">It is no note, or its text no checkpoint.</exception>
    public static SignedCheckpoint ParseUnverified(ReadOnlySpan<byte> note)
    {
        var parsed = SignedNote.Parse(note);
        return new(parsed, Checkpoint.Parse(parsed.Text));
    }

    /// <summary>Reads a checkpoint of a log.</summary>
    /// <exception cref="InvalidDataException">It is none, of another log, or not signed by this key.</exception>
    public static SignedCheckpoint Open(ReadOnlySpan<byte> note, NoteVerifierKey log)
    {
        ArgumentNullException.ThrowIfNull(log);
        var read = ParseUnverified(note);
        if (read.Checkpoint.Origin != log.Name)
        {
            throw new InvalidDataException($"The checkpoint is of the log {read.Checkpoint.Origin}, not of {log.Name}.");
        }

        return read.Note.Verify([log]) switch
        {
            NoteVerdict.Verified => read,
            NoteVerdict.NoKnownSignature =>
                throw new InvalidDataException($"The checkpoint is not signed with the key {log.Name}+{log.KeyId:x8}."),
            _ => throw new InvalidDataException(
                $"The signature of {log.Name} under the checkpoint does not verify: it was changed, or signed with another key; "
                + "'stillwatch log fsck' tells more."),
        };
    }

    /// <summary>Signs a checkpoint as its log.</summary>
    public static SignedCheckpoint Sign(Checkpoint checkpoint, NoteSigningKey log)
    {
        ArgumentNullException.ThrowIfNull(checkpoint);
        ArgumentNullException.ThrowIfNull(log);
        var text = checkpoint.ToText();
        return new(new(text, [log.Sign(text)]), checkpoint);
    }

    /// <summary>The same checkpoint with more signatures.</summary>
    public SignedCheckpoint With(IEnumerable<NoteSignature> signatures) => new(Note.With(signatures), Checkpoint);

    /// <summary>The note's bytes: the content of the file <c>checkpoint</c>.</summary>
    public byte[] ToBytes() => Note.ToBytes();
}
