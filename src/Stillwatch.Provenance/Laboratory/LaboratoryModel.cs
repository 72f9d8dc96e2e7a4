namespace Stillwatch.Provenance.Laboratory;

/// <summary>A model of the laboratory's server, with the texts of its tokens: words where it has any, numbers otherwise.</summary>
internal sealed record LaboratoryModel(ILanguageModel Model, WordVocabulary? Words)
{
    /// <summary>The tokens of a text.</summary>
    public List<int> Read(string text) => Words is null ? NumberedTokens.Read(text, Model.Vocabulary) : [.. Words.Encode(text)];

    /// <summary>The text of a token; put one behind the other, they are the text.</summary>
    public string TextOf(int token) => Words is null ? NumberedTokens.TextOf(token) : " " + Words.Decode([token]);
}
