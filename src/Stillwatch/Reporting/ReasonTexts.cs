using Stillwatch.Campaigns;

namespace Stillwatch.Reporting;

/// <summary>The sentences that members' rows refer to, each once; past the bound of their size a title stands for the sentence.</summary>
internal sealed class ReasonTexts
{
    private readonly Dictionary<string, int> _places = new(StringComparer.Ordinal);
    private readonly List<string> _texts = [];
    private int _room = ReportBounds.MemberReasons;

    public IReadOnlyList<string> Texts => _texts;

    public int IndexOf(Reason reason)
    {
        var sentence = HarmlessText.Of(reason.Summary, ReportBounds.Sentence);
        return sentence.Length <= _room || _places.ContainsKey(sentence) ? Place(sentence) : Place(Wording.Title(reason.Code));
    }

    private int Place(string text)
    {
        if (!_places.TryGetValue(text, out var place))
        {
            place = _texts.Count;
            _places.Add(text, place);
            _texts.Add(text);
            _room -= text.Length;
        }

        return place;
    }
}
