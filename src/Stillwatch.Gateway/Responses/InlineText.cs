namespace Stillwatch.Gateway.Responses;

/// <summary>The text of one reply as it comes in pieces, without the reasoning that it begins with. Used by one thread at a time.</summary>
/// <remarks>
/// Reasoning stands between <c>&lt;think&gt;</c> and <c>&lt;/think&gt;</c> (DeepSeek R1, Qwen 3 and others where the server has no parser
/// for it) at the very beginning, blanks before it aside: a reply that speaks of these marks later on keeps them. What may become a mark is
/// held back until that is known, so that pieces may end anywhere. Reasoning that never ends hides all.
/// </remarks>
/// <param name="isOpened">Whether the model's template writes the opening mark, so that the reply begins within reasoning.</param>
internal sealed class InlineText(bool isOpened)
{
    private const string Open = "<think>";
    private const string Close = "</think>";

    /// <summary>More blanks than any model begins with.</summary>
    private const int MostBlanks = 64;

    private string _held = "";
    private Place _place = isOpened ? Place.Within : Place.Before;

    private enum Place
    {
        Before,
        Within,
        After,
    }

    /// <summary>Whether the reply has reasoning within its text, or may have as far as it has come.</summary>
    public bool HasReasoning { get; private set; } = isOpened;

    /// <summary>Takes a piece.</summary>
    /// <returns>What goes on of it and of what was held back.</returns>
    public string Take(string piece)
    {
        var text = _held + piece;
        _held = "";
        if (_place is Place.Before)
        {
            var said = text.AsSpan().TrimStart();
            if (said.Length < Open.Length && Open.AsSpan().StartsWith(said, StringComparison.Ordinal) && text.Length < MostBlanks)
            {
                _held = text;
                return "";
            }

            HasReasoning = said.StartsWith(Open, StringComparison.Ordinal);
            _place = HasReasoning ? Place.Within : Place.After;
            text = HasReasoning ? said[Open.Length..].ToString() : text;
        }

        return _place is Place.Within ? TakeWithin(text) : text;
    }

    /// <summary>What was held back, once nothing more comes.</summary>
    public string Rest()
    {
        var rest = _place is Place.Before ? _held : "";
        _held = "";
        return rest;
    }

    private string TakeWithin(string text)
    {
        var end = text.IndexOf(Close, StringComparison.Ordinal);
        if (end >= 0)
        {
            _place = Place.After;
            return text[(end + Close.Length)..];
        }

        _held = text[^Math.Min(text.Length, Close.Length - 1)..];
        return "";
    }
}
