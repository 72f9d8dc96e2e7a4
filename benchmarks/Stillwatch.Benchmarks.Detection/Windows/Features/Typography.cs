namespace Stillwatch.Benchmarks.Detection.Windows.Features;

/// <summary>How a text is written, whatever it says.</summary>
/// <param name="LogLength">Natural logarithm of one more than the number of characters.</param>
/// <param name="Upper">Share of upper-case letters among the characters.</param>
/// <param name="Digits">Share of digits among the characters.</param>
/// <param name="Signs">Share of characters that are neither letter, digit nor white space.</param>
/// <param name="WordLength">Mean length of the runs of letters and digits; 0 if there is none.</param>
internal readonly record struct Typography(double LogLength, double Upper, double Digits, double Signs, double WordLength)
{
    public static Typography Of(string text)
    {
        var (upper, digits, signs, word, words) = (0, 0, 0, 0, 0);
        var inside = false;
        foreach (var character in text)
        {
            upper += char.IsUpper(character) ? 1 : 0;
            digits += char.IsDigit(character) ? 1 : 0;
            signs += char.IsLetterOrDigit(character) || char.IsWhiteSpace(character) ? 0 : 1;
            words += char.IsLetterOrDigit(character) && !inside ? 1 : 0;
            inside = char.IsLetterOrDigit(character);
            word += inside ? 1 : 0;
        }

        double length = Math.Max(1, text.Length);
        return new(Math.Log(1.0 + text.Length), upper / length, digits / length, signs / length, (double)word / Math.Max(1, words));
    }
}
