using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Unicode;

namespace Stillwatch.Reporting;

/// <summary>Collects HTML. The constant parts of an interpolated string are markup, its holes are text and always encoded.</summary>
/// <remarks>
/// There is no way to put a variable in unencoded, so no name in a log can become an element, an attribute or a script. Every hole
/// passes <see cref="HarmlessText"/> too. Attributes are always quoted in the constant parts.
/// </remarks>
public sealed class HtmlMarkup
{
    private static readonly HtmlEncoder Encoder = HtmlEncoder.Create(UnicodeRanges.All);

    private readonly StringBuilder _html = new();

    /// <summary>Adds markup with text in its holes.</summary>
    public HtmlMarkup Add([InterpolatedStringHandlerArgument("")] Interpolation _) => this;

    /// <summary>All that was added.</summary>
    public override string ToString() => _html.ToString();

    /// <summary>Takes the parts of an interpolated string in turn.</summary>
    [InterpolatedStringHandler]
    public readonly struct Interpolation
    {
        private readonly StringBuilder _html;

        /// <param name="literalLength">Characters of the constant parts.</param>
        /// <param name="formattedCount">How many holes follow.</param>
        /// <param name="target">Where it is added.</param>
        public Interpolation(int literalLength, int formattedCount, HtmlMarkup target)
        {
            _html = target._html;
            _html.EnsureCapacity(_html.Length + literalLength + (16 * formattedCount));
        }

        /// <summary>A constant part.</summary>
        public void AppendLiteral(string markup) => _html.Append(markup);

        /// <summary>A text.</summary>
        public void AppendFormatted(string? text) => _html.Append(Encoder.Encode(HarmlessText.Of(text ?? "")));

        /// <summary>A whole number.</summary>
        public void AppendFormatted(int number) => _html.Append(CultureInfo.InvariantCulture, $"{number}");

        /// <summary>A length in a drawing, to a tenth.</summary>
        public void AppendFormatted(double length) => _html.Append(length.ToString("0.#", CultureInfo.InvariantCulture));
    }
}
