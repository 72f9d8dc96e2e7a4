using System.Text;
using System.Text.Unicode;

namespace Stillwatch.Evidence.Signing;

/// <summary>A text with signatures (C2SP signed-note v1.0.0).</summary>
/// <remarks>
/// <code>
/// note = text (ends with LF) || LF || signature lines
/// </code>
/// The text ends at the last empty line. All is UTF-8 without control characters but LF. Bounds: <see cref="MaxBytes"/> as in Go's
/// package, <see cref="MaxSignatures"/> likewise; the specification demands at least 16 signatures.
/// </remarks>
public sealed class SignedNote
{
    /// <summary>Bytes of the largest note that is read.</summary>
    public const int MaxBytes = 1_000_000;

    /// <summary>Signature lines of the largest note that is read.</summary>
    public const int MaxSignatures = 100;

    private readonly byte[] _text;

    /// <summary>Puts a note together.</summary>
    /// <exception cref="InvalidDataException">The text is no text of a note, or there is no signature.</exception>
    public SignedNote(ReadOnlySpan<byte> text, IReadOnlyList<NoteSignature> signatures)
    {
        ArgumentNullException.ThrowIfNull(signatures);
        if (TextFault(text) is { } fault)
        {
            throw new InvalidDataException(fault);
        }

        if (signatures.Count is 0 or > MaxSignatures)
        {
            throw new InvalidDataException($"A note has 1 to {MaxSignatures} signatures, not {signatures.Count}.");
        }

        _text = text.ToArray();
        Signatures = signatures;
    }

    /// <summary>The signed text with its final newline. To be ignored before a verification has said that a known key signed it.</summary>
    public ReadOnlySpan<byte> Text => _text;

    /// <summary>The signatures, in their order; none of them verified.</summary>
    public IReadOnlyList<NoteSignature> Signatures { get; }

    /// <summary>Reads a note without verifying it.</summary>
    /// <exception cref="InvalidDataException">It is too large, or no note.</exception>
    public static SignedNote Parse(ReadOnlySpan<byte> note)
    {
        if (note.Length > MaxBytes)
        {
            throw new InvalidDataException($"The note has {note.Length} bytes; at most {MaxBytes} are read.");
        }

        var split = note.LastIndexOf("\n\n"u8);
        if (split < 0 || note[^1] != (byte)'\n')
        {
            throw new InvalidDataException("The note has no empty line before its signatures, or no newline at its end.");
        }

        return new(note[..(split + 1)], ParseSignatures(note[(split + 2)..]));
    }

    /// <summary>Verifies every signature that names one of the keys; those of other keys are ignored.</summary>
    public NoteVerdict Verify(IReadOnlyCollection<NoteVerifierKey> keys) => Verify(keys, out _);

    /// <summary>Verifies every signature that names one of the keys, and tells which those are.</summary>
    /// <param name="keys">The known keys.</param>
    /// <param name="verified">The keys with a verified signature and that signature; empty unless the note is verified.</param>
    public NoteVerdict Verify(
        IReadOnlyCollection<NoteVerifierKey> keys, out IReadOnlyList<(NoteVerifierKey Key, NoteSignature Signature)> verified)
    {
        ArgumentNullException.ThrowIfNull(keys);
        verified = [];
        var found = new List<(NoteVerifierKey, NoteSignature)>();
        foreach (var signature in Signatures)
        {
            foreach (var key in keys.Where(signature.IsOf))
            {
                if (!key.Verify(_text, signature.Bytes))
                {
                    return NoteVerdict.SignatureFails;
                }

                found.Add((key, signature));
            }
        }

        verified = found;
        return found.Count > 0 ? NoteVerdict.Verified : NoteVerdict.NoKnownSignature;
    }

    /// <summary>The same text with more signatures after those it has.</summary>
    public SignedNote With(IEnumerable<NoteSignature> more) => new(_text, [.. Signatures, .. more]);

    /// <summary>The note's bytes.</summary>
    public byte[] ToBytes()
    {
        var signatures = string.Concat(Signatures.Select(signature => signature.ToString()));
        return [.. _text, (byte)'\n', .. Encoding.UTF8.GetBytes(signatures)];
    }

    private static string? TextFault(ReadOnlySpan<byte> text)
    {
        if (text.IsEmpty || text[^1] != (byte)'\n')
        {
            return "The text of a note ends with a newline.";
        }

        return !Utf8.IsValid(text) || text.IndexOfAnyInRange((byte)0, (byte)9) >= 0 || text.IndexOfAnyInRange((byte)11, (byte)31) >= 0
            ? "The text of a note is UTF-8 without control characters."
            : null;
    }

    private static List<NoteSignature> ParseSignatures(ReadOnlySpan<byte> lines)
    {
        var signatures = new List<NoteSignature>();
        while (lines.IndexOf((byte)'\n') is var end && end >= 0)
        {
            if (signatures.Count == MaxSignatures)
            {
                throw new InvalidDataException($"The note has more than {MaxSignatures} signatures.");
            }

            signatures.Add(NoteSignature.Parse(lines[..end])
                ?? throw new InvalidDataException($"Signature line {signatures.Count + 1} of the note is none."));
            lines = lines[(end + 1)..];
        }

        return signatures;
    }
}
