using System.Globalization;
using Stillwatch.Simulation.Grammar;
using Stillwatch.Simulation.Randomness;

namespace Stillwatch.Simulation.Networks;

/// <summary>Countries with their shares of accounts, time zones and languages.</summary>
internal sealed class CountryCatalogue
{
    private const string Resource = "Stillwatch.Simulation.Networks.Resources.countries.txt";

    private readonly WeightedChoice _choice;

    private CountryCatalogue(Country[] countries)
    {
        Countries = countries;
        _choice = new WeightedChoice(countries.Select(country => country.Weight));
    }

    /// <summary>The embedded catalogue.</summary>
    public static CountryCatalogue Shared { get; } = new(Parse(EmbeddedText.Read(Resource)));

    public IReadOnlyList<Country> Countries { get; }

    /// <summary>Index of a country, by weight.</summary>
    public byte Draw(ref RandomStream stream) => (byte)_choice.Draw(ref stream);

    private static Country[] Parse(string text) =>
        [.. text.Split('\n').Where(line => line.Length > 0 && line[0] != '#').Select(ParseLine)];

    private static Country ParseLine(string line)
    {
        var fields = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var language = fields.Length > 3 ? fields[3].Split(':') : ["en", "0"];
        return new Country(
            fields[0],
            double.Parse(fields[1], CultureInfo.InvariantCulture),
            short.Parse(fields[2], CultureInfo.InvariantCulture),
            (byte)Array.IndexOf(Languages.Codes, language[0]),
            int.Parse(language[1], CultureInfo.InvariantCulture) / 100.0);
    }
}
