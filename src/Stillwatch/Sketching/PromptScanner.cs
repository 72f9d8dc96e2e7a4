using System.Text;

namespace Stillwatch.Sketching;

/// <summary>
/// One pass over UTF-8 text that finds words and phrases. Letters are lower-cased, runs of digits become one masked word,
/// scripts without spaces between words (Han, kana, Thai and its neighbours) give one word a character.
/// </summary>
/// <remarks>Invalid UTF-8 separates words and is otherwise ignored. No allocation. Not thread-safe.</remarks>
internal ref struct PromptScanner
{
    /// <summary>The word that stands for any figure.</summary>
    public const ulong Number = 0x2545F4914F6CDD1D;

    private const ulong FnvOffset = 0xcbf29ce484222325;
    private const ulong FnvPrime = 0x100000001b3;

    private readonly ReadOnlySpan<byte> _text;
    private int _position;

    public PromptScanner(ReadOnlySpan<byte> text)
    {
        _text = text;
        _position = 0;
        Word = 0;
        Exact = 0;
        WordLength = 0;
        Ideographic = false;
    }

    /// <summary>Hash of the word just found; <see cref="Number"/> for any figure.</summary>
    public ulong Word { get; private set; }

    /// <summary>Hash of the word just found, figures told apart.</summary>
    public ulong Exact { get; private set; }

    /// <summary>Its length in bytes; 0 for a figure.</summary>
    public int WordLength { get; private set; }

    /// <summary>Whether it is one character of a script without spaces.</summary>
    public bool Ideographic { get; private set; }

    /// <summary>Goes to the next word or phrase end.</summary>
    public PromptToken Next()
    {
        while (_position < _text.Length)
        {
            var value = _text[_position];
            var kind = CharacterClass.Of(value);
            switch (kind)
            {
                case CharacterKind.Letter:
                    return ReadWord();
                case CharacterKind.Digit:
                    return ReadNumber();
                case CharacterKind.PhraseEnd:
                    _position++;
                    return PromptToken.PhraseEnd;
                case CharacterKind.NonAscii when ReadRune(out var rune, out var consumed):
                    if (StartNonAscii(rune, consumed) is { } token)
                    {
                        return token;
                    }

                    break;
                default:
                    _position++;
                    break;
            }
        }

        return PromptToken.End;
    }

    private PromptToken? StartNonAscii(Rune rune, int consumed)
    {
        if (CharacterClass.EndsPhrase(rune))
        {
            _position += consumed;
            return PromptToken.PhraseEnd;
        }

        if (!Rune.IsLetter(rune))
        {
            _position += consumed;
            return null;
        }

        if (!CharacterClass.IsIdeographic(rune))
        {
            return ReadWord();
        }

        _position += consumed;
        Word = Exact = XxHash64.Avalanche((uint)rune.Value + FnvOffset);
        WordLength = consumed;
        Ideographic = true;
        return PromptToken.Word;
    }

    /// <summary>Reads from a letter on. Runs of ASCII letters, most of most prompts, have a loop of their own.</summary>
    private PromptToken ReadWord()
    {
        var hash = FnvOffset;
        var start = _position;
        do
        {
            hash = ReadAscii(hash);
        }
        while (_position < _text.Length && _text[_position] >= 0x80 && ReadLetter(ref hash));

        Word = Exact = XxHash64.Avalanche(hash);
        WordLength = _position - start;
        Ideographic = false;
        return PromptToken.Word;
    }

    private ulong ReadAscii(ulong hash)
    {
        var text = _text[_position..];
        var length = 0;
        for (; length < text.Length && CharacterClass.Of(text[length]) == CharacterKind.Letter; length++)
        {
            hash = (hash ^ (text[length] | 0x20u)) * FnvPrime;
        }

        _position += length;
        return hash;
    }

    /// <summary>Reads one letter outside ASCII, if there is one that continues a word.</summary>
    private bool ReadLetter(ref ulong hash)
    {
        if (!ReadRune(out var rune, out var consumed) || !Rune.IsLetter(rune) || CharacterClass.IsIdeographic(rune))
        {
            return false;
        }

        hash = (hash ^ (uint)Rune.ToLowerInvariant(rune).Value) * FnvPrime;
        _position += consumed;
        return true;
    }

    private PromptToken ReadNumber()
    {
        var hash = FnvOffset;
        while (_position < _text.Length && CharacterClass.Of(_text[_position]) == CharacterKind.Digit)
        {
            hash = (hash ^ _text[_position++]) * FnvPrime;
        }

        Word = Number;
        Exact = XxHash64.Avalanche(hash);
        WordLength = 0;
        Ideographic = false;
        return PromptToken.Word;
    }

    private readonly bool ReadRune(out Rune rune, out int consumed) =>
        Rune.DecodeFromUtf8(_text[_position..], out rune, out consumed) == System.Buffers.OperationStatus.Done;
}
