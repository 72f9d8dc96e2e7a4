using System.Globalization;
using System.Xml;
using System.Xml.Linq;

namespace Stillwatch.Gateway.Ownership.Sanctions;

/// <summary>Reads OFAC's SDN and consolidated lists in plain XML (<c>sdn.xml</c>, <c>consolidated.xml</c>), entry by entry.</summary>
/// <remarks>
/// The namespace has changed over the years and is not looked at. The header's element is misspelt in the format itself
/// (<c>publshInformation</c>). Its record count is compared with what was read: a file that was cut or is another page altogether must not
/// pass for a short list.
/// </remarks>
public static class SdnXml
{
    /// <summary>Characters of the largest file; the present ones have some 30 million.</summary>
    private const long MaxCharacters = 1_000_000_000;

    /// <summary>Reads a list.</summary>
    /// <exception cref="InvalidDataException">It is no such file, or it ends early.</exception>
    public static SanctionsReading Read(Stream stream, string source)
    {
        List<SanctionsEntry> entries = [];
        List<string> faults = [];
        XElement? header = null;
        try
        {
            using var reader = XmlReader.Create(
                stream, new() { DtdProcessing = DtdProcessing.Prohibit, MaxCharactersInDocument = MaxCharacters, XmlResolver = null });
            reader.MoveToContent();
            if (reader.LocalName != "sdnList")
            {
                throw new InvalidDataException($"{source} is no SDN list: its root is '{reader.LocalName}', not 'sdnList'.");
            }

            for (reader.Read(); !reader.EOF;)
            {
                if (reader is { NodeType: XmlNodeType.Element, LocalName: "sdnEntry" or "publshInformation" })
                {
                    var element = (XElement)XNode.ReadFrom(reader);
                    header = element.Name.LocalName == "publshInformation" ? element : header;
                    Add(element, entries, faults);
                }
                else
                {
                    reader.Read();
                }
            }
        }
        catch (XmlException fault)
        {
            throw new InvalidDataException($"{source} is no whole XML file: {fault.Message}", fault);
        }

        CheckCount(header, entries.Count, faults);
        return new(new(source, Published(header), entries), faults);
    }

    private static void Add(XElement element, List<SanctionsEntry> entries, List<string> faults)
    {
        if (element.Name.LocalName != "sdnEntry")
        {
            return;
        }

        if (Text(element, "uid") is not { } id || Text(element, "lastName") is null)
        {
            faults.Add($"An entry has no uid or no lastName: {Text(element, "uid") ?? Text(element, "lastName")}.");
            return;
        }

        entries.Add(new(
            id,
            Name(element),
            Text(element, "sdnType") ?? "",
            [.. Under(element, "programList", "program").Select(program => program.Value.Trim())],
            [.. Under(element, "akaList", "aka").Select(Name).Where(name => name.Length > 0)],
            [.. Under(element, "idList", "id").Select(Identifier).OfType<SanctionsIdentifier>()]));
    }

    private static SanctionsIdentifier? Identifier(XElement id) =>
        Text(id, "idType") is { } type && Text(id, "idNumber") is { } number ? new(type, number, Text(id, "idCountry")) : null;

    private static string Name(XElement element) => $"{Text(element, "firstName")} {Text(element, "lastName")}".Trim();

    private static IEnumerable<XElement> Under(XElement element, string list, string item) => element.Elements()
        .Where(child => child.Name.LocalName == list).Elements().Where(child => child.Name.LocalName == item);

    private static string? Text(XElement element, string name) =>
        element.Elements().FirstOrDefault(child => child.Name.LocalName == name)?.Value.Trim() is { Length: > 0 } text ? text : null;

    private static DateOnly? Published(XElement? header) =>
        header is not null && DateOnly.TryParseExact(Text(header, "Publish_Date"), "MM/dd/yyyy", CultureInfo.InvariantCulture, default,
            out var date)
            ? date
            : null;

    private static void CheckCount(XElement? header, int read, List<string> faults)
    {
        var said = header is null ? null : Text(header, "Record_Count");
        if (!int.TryParse(said, CultureInfo.InvariantCulture, out var count))
        {
            faults.Add("The list does not say how many records it has.");
        }
        else if (count != read)
        {
            faults.Add($"The list says that it has {count} records; {read} were read.");
        }
    }
}
