namespace Stillwatch.Simulation.Grammar;

/// <summary>The languages of the phrase files by their ISO 639-1 codes; English comes first and needs no suffix.</summary>
internal static class Languages
{
    public const byte English = 0;

    public static readonly string[] Codes = ["en", "es", "fr", "de", "pt", "it", "pl", "tr", "id", "ru", "zh", "ja", "ko", "nl"];

    /// <summary>The production of a language: <c>ask</c> in English, <c>ask.de</c> in German.</summary>
    public static string Production(string name, int language) => language == English ? name : $"{name}.{Codes[language]}";
}
