using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Stillwatch.Evidence.Storage;
using Stillwatch.Provenance.Watermarking;

namespace Stillwatch.Native;

/// <summary>From what a caller gives to an open key.</summary>
internal static unsafe class MarkKeys
{
    private const int MaxVocabulary = 1 << 24;
    private const int MaxFileBytes = 1024;
    private const int MaxNameBytes = 1024;

    public static OpenMark Open(ReadOnlySpan<byte> key, in MarkOptions options)
    {
        Check(options);
        return key.Length == KeyedGreenBits.KeyBytes
            ? new(new KeyedGreenBits(key, options.ContextWidth), StrengthOf(options), options.Vocabulary, string.Empty)
            : throw Argument($"a key has {KeyedGreenBits.KeyBytes} bytes");
    }

    public static OpenMark OpenFile(byte* path, in MarkOptions options)
    {
        Check(options);
        var bytes = ReadFile(TextOf(path, 1 << 16));
        try
        {
            var text = Encoding.ASCII.GetString(bytes).Trim();
            return text.StartsWith('{') ? OpenRevealed(text, options) : OpenSecret(text, options);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(bytes);
        }
    }

    private static OpenMark OpenRevealed(string text, in MarkOptions options)
    {
        var key = RevealedKey.TryParse(text) ?? throw NoKey();
        return key.Width == options.ContextWidth
            ? Open(key.Key, options)
            : throw Argument($"the key is for a context_width of {key.Width}");
    }

    private static OpenMark OpenSecret(string text, in MarkOptions options)
    {
        if (text.Length != 2 * MarkMasterSecret.Bytes || !text.All(char.IsAsciiHexDigit))
        {
            throw NoKey();
        }

        var label = new MarkLabel(NameOf(options.Tenant), NameOf(options.Cohort), options.Epoch, options.ContextWidth);
        if (label.Fault() is { } fault)
        {
            throw new MarkFault(MarkResult.Argument, fault);
        }

        var bytes = Convert.FromHexString(text);
        using var secret = new MarkMasterSecret(bytes);
        CryptographicOperations.ZeroMemory(bytes);

        // The handle keeps the colours, which are cleared with it; what else a MarkKey holds is cleared here.
        using var mark = secret.Derive(label);
        var key = Convert.FromHexString(mark.DangerousReveal().Key);
        var bits = new KeyedGreenBits(key, label.ContextWidth);
        CryptographicOperations.ZeroMemory(key);
        return new(bits, StrengthOf(options), options.Vocabulary, mark.Id);
    }

    private static byte[] ReadFile(string path)
    {
        try
        {
            return OwnerOnlyFile.Read(path, MaxFileBytes);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or InvalidDataException
            or ArgumentException or NotSupportedException)
        {
            throw new MarkFault(MarkResult.File, fault.Message);
        }
    }

    private static MarkStrength StrengthOf(in MarkOptions options) =>
        options.Bias > 0 ? MarkStrength.Biased(options.Bias) : MarkStrength.Unbiased(1);

    private static void Check(in MarkOptions options)
    {
        if (options.Size != sizeof(MarkOptions))
        {
            throw Argument($"size of the options is {options.Size}, not {sizeof(MarkOptions)}");
        }

        if (options.ContextWidth is < 0 or > KeyedGreenBits.MaxContextWidth)
        {
            throw Argument($"context_width is {options.ContextWidth}, not 0 to {KeyedGreenBits.MaxContextWidth}");
        }

        if (options.Vocabulary is < 1 or > MaxVocabulary)
        {
            throw Argument($"vocabulary is {options.Vocabulary}, not 1 to {MaxVocabulary}");
        }

        if (options.Bias is not (>= 0 and <= 20))
        {
            throw Argument($"bias is {options.Bias}, not 0 to 20");
        }
    }

    private static string NameOf(byte* name) => name is null ? "default" : TextOf(name, MaxNameBytes);

    private static string TextOf(byte* text, int most)
    {
        var length = new ReadOnlySpan<byte>(text, most).IndexOf((byte)0);
        return length >= 0
            ? Encoding.UTF8.GetString(text, length)
            : throw Argument($"a text does not end within {most} bytes");
    }

    private static MarkFault NoKey() => new(
        MarkResult.File, "the file holds neither a master secret ('stillwatch mark keygen') nor one key ('stillwatch mark reveal')");

    private static MarkFault Argument(FormattableString text) =>
        new(MarkResult.Argument, text.ToString(CultureInfo.InvariantCulture));
}
