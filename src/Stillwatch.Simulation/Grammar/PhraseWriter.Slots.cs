using Stillwatch.Simulation.Randomness;

namespace Stillwatch.Simulation.Grammar;

/// <content>What stands in the slots.</content>
internal sealed partial class PhraseWriter
{
    private const int PersonalProjects = 5;
    private const int OwnWords = 8;

    private static readonly byte[][] Onsets = Syllables("b br c cr d dr f fl g gr h j k kl l m n p pr qu r s sk st t tr v w z th sh");
    private static readonly byte[][] Vowels = Syllables("a e i o u a e i o ea ia io ou y ae");
    private static readonly byte[][] Codas = Syllables("n r l s x m t k nd rn st lt v th");

    private readonly int _places = book["place"];
    private readonly int _firstNames = book["firstname"];
    private readonly int _lastNames = book["lastname"];
    private readonly int _months = book["month"];

    private Topic Vocabulary => lexicon.Topics[Topic];

    private void Fill(Slot slot)
    {
        if (slot <= Slot.Topic)
        {
            FillWord(slot);
        }
        else if (slot <= Slot.Coined)
        {
            FillName(slot);
        }
        else
        {
            FillFigure(slot);
        }
    }

    private void FillWord(Slot slot)
    {
        switch (slot)
        {
            case Slot.Noun: Literal(Pick(Vocabulary.Nouns)); break;
            case Slot.Nouns: Inflect(Pick(Vocabulary.Nouns), "s"u8, "es"u8); break;
            case Slot.ANoun: WithArticle(Pick(Vocabulary.Nouns)); break;
            case Slot.Verb: Literal(Pick(Vocabulary.Verbs)); break;
            case Slot.Verbs: Inflect(Pick(Vocabulary.Verbs), "s"u8, "es"u8); break;
            case Slot.Verbing: InflectStem(Pick(Vocabulary.Verbs), "ing"u8); break;
            case Slot.Verbed: InflectStem(Pick(Vocabulary.Verbs), "ed"u8); break;
            case Slot.Adjective: Literal(Pick(Vocabulary.Adjectives)); break;
            case Slot.AnAdjective: WithArticle(Pick(Vocabulary.Adjectives)); break;
            default: Literal(Vocabulary.Name); break;
        }
    }

    private void FillName(Slot slot)
    {
        switch (slot)
        {
            case Slot.Ident: Identifier((byte)'_', false); break;
            case Slot.Type: Identifier(0, true); break;
            case Slot.Project: Project(); break;
            case Slot.Place: Write(_places); break;
            case Slot.Person:
                Write(_firstNames);
                Literal(" "u8);
                Write(_lastNames);
                break;
            default: Coin(ref Random); break;
        }
    }

    private void FillFigure(Slot slot)
    {
        switch (slot)
        {
            case Slot.Digit: Number(Random.Between(2, 9)); break;
            case Slot.Int: Number(Random.Between(11, 99)); break;
            case Slot.Count: Number(Random.Between(1, 9) * (long)Math.Pow(10, Random.Between(1, 4)) / Random.Between(1, 9)); break;
            case Slot.Year: Number(Random.Between(1850, 2026)); break;
            case Slot.Decimal: Fraction(Random.Between(0, 99), Random.Between(1, 99)); break;
            case Slot.Percent: Fraction(Random.Between(1, 99), Random.Between(0, 9)); break;
            case Slot.Money: Fraction(Random.Between(3, 2400), Random.Between(10, 99)); break;
            case Slot.Date: Date(); break;
            case Slot.Clock: Clock(); break;
            case Slot.Hex: Hex(); break;
            default: Code(); break;
        }
    }

    private byte[] Pick(byte[][] words) => words[Favourite(words.Length, words.Length)];

    /// <summary>One of so many words: the first of the speaker's own most often, unless the voice draws evenly from all.</summary>
    private int Favourite(int words, int own)
    {
        var draw = Random.Unit();
        if (Voice.EvenWords)
        {
            return (int)(draw * words);
        }

        var favourite = RandomStream.Mix(Voice.Key + (ulong)words) % (ulong)words;
        return ((int)favourite + (int)(draw * draw * own)) % words;
    }

    private void WithArticle(byte[] word)
    {
        Literal(word[0] is (byte)'a' or (byte)'e' or (byte)'i' or (byte)'o' or (byte)'u' ? "an "u8 : "a "u8);
        Literal(word);
    }

    private void Inflect(byte[] word, ReadOnlySpan<byte> plain, ReadOnlySpan<byte> afterHiss)
    {
        Literal(word);
        if (word[^1] == 'y' && word.Length > 2 && word[^2] is not ((byte)'a' or (byte)'e' or (byte)'o' or (byte)'u'))
        {
            _buffer[Length - 1] = (byte)'i';
            Literal(afterHiss);
            return;
        }

        Literal(word[^1] is (byte)'s' or (byte)'x' or (byte)'z' || word.AsSpan().EndsWith("ch"u8) || word.AsSpan().EndsWith("sh"u8)
            ? afterHiss : plain);
    }

    private void InflectStem(byte[] word, ReadOnlySpan<byte> ending)
    {
        Literal(word);
        if (word[^1] == 'e')
        {
            Length--;
        }
        else if (ending[0] == 'e' && word[^1] == 'y' && word.Length > 2 && word[^2] is not ((byte)'a' or (byte)'e' or (byte)'o'))
        {
            _buffer[Length - 1] = (byte)'i';
        }

        Literal(ending);
    }

    private void Identifier(byte joint, bool capitals)
    {
        var parts = Random.Between(1, 3);
        for (var i = 0; i < parts; i++)
        {
            if (i > 0 && joint != 0)
            {
                Literal([joint]);
            }

            var start = Length;
            Literal(Pick(i == 0 && parts > 1 && !capitals ? Vocabulary.Verbs : Vocabulary.Nouns));
            MakeIdentifier(start, capitals);
        }
    }

    private void MakeIdentifier(int start, bool capitals)
    {
        _buffer.AsSpan(start, Length - start).Replace((byte)' ', (byte)'_');
        _buffer.AsSpan(start, Length - start).Replace((byte)'-', (byte)'_');
        if (capitals && _buffer[start] is >= (byte)'a' and <= (byte)'z')
        {
            _buffer[start] -= 32;
        }
    }

    private void Project()
    {
        var stream = new RandomStream(Voice.Key, StreamPurpose.Template, (ulong)Random.Zipf(PersonalProjects));
        Coin(ref stream);
    }

    private void Coin(ref RandomStream stream)
    {
        var start = Length;
        for (var i = stream.Between(2, 3); i > 0; i--)
        {
            Literal(Onsets[stream.Below(Onsets.Length)]);
            Literal(Vowels[stream.Below(Vowels.Length)]);
        }

        if (stream.Chance(0.6))
        {
            Literal(Codas[stream.Below(Codas.Length)]);
        }

        _buffer[start] -= 32;
    }

    private void Fraction(int whole, int hundredths)
    {
        Number(whole);
        Literal(hundredths < 10 ? ".0"u8 : "."u8);
        Number(hundredths);
    }

    private void Date()
    {
        Number(Random.Between(1, 28));
        Literal(" "u8);
        Write(_months);
    }

    private void Clock()
    {
        Number(Random.Between(0, 23));
        Literal(":"u8);
        var minute = Random.Below(60);
        Literal(minute < 10 ? "0"u8 : []);
        Number(minute);
    }

    private void Hex()
    {
        Reserve(16);
        var bits = Random.Next();
        for (var i = Random.Between(7, 12); i > 0; i--, bits >>= 4)
        {
            _buffer[Length++] = "0123456789abcdef"u8[(int)(bits & 15)];
        }
    }

    private void Code()
    {
        Reserve(3);
        for (var i = 0; i < 2; i++)
        {
            _buffer[Length++] = (byte)('A' + Random.Below(26));
        }

        Literal("-"u8);
        Number(Random.Between(100, 99999));
    }

    private static byte[][] Syllables(string text) => [.. text.Split(' ').Select(System.Text.Encoding.ASCII.GetBytes)];
}
