using System.Text;
using Stillwatch.Gateway.Ownership;
using Stillwatch.Gateway.Ownership.Sanctions;

namespace Stillwatch.Gateway.Tests.Ownership.Sanctions;

/// <summary>Lists made up for these tests, in the formats that OFAC publishes.</summary>
public sealed class SanctionsListTests
{
    private const string Xml = """
        <?xml version="1.0" standalone="yes"?>
        <sdnList xmlns="https://sanctionslistservice.ofac.treas.gov/api/PublicationPreview/exports/XML">
          <publshInformation><Publish_Date>11/20/2026</Publish_Date><Record_Count>2</Record_Count></publshInformation>
          <sdnEntry>
            <uid>100</uid><lastName>EXAMPLE HOLDING</lastName><sdnType>Entity</sdnType>
            <programList><program>TEST-1</program><program>TEST-2</program></programList>
            <idList>
              <id><uid>101</uid><idType>Registration Number</idType><idNumber>12-345 678</idNumber><idCountry>Atlantis</idCountry></id>
              <id><uid>102</uid><idType>Gender</idType><idNumber>Male</idNumber></id>
            </idList>
            <akaList><aka><uid>103</uid><type>a.k.a.</type><category>weak</category><lastName>HOLDING, Exámple</lastName></aka></akaList>
          </sdnEntry>
          <sdnEntry>
            <uid>200</uid><firstName>Jo</firstName><lastName>SAMPLE</lastName><sdnType>Individual</sdnType>
            <idList><id><uid>201</uid><idType>Passport</idType><idNumber>X1234567</idNumber></id></idList>
          </sdnEntry>
        </sdnList>
        """;

    [Fact]
    public void Xml_IsReadWithItsIdentifiersAliasesAndDate()
    {
        var (list, faults) = Read(Xml);
        Assert.Empty(faults);
        Assert.Equal((new DateOnly(2026, 11, 20), 2), (list.Published, list.Entries.Count));
        Assert.Equal(["TEST-1", "TEST-2"], list.Entries[0].Programs);
        Assert.Equal("Jo SAMPLE", list.Entries[1].Name);
    }

    [Theory]
    [InlineData("Registration Number", "12345678", "Atlantis", "100")]
    [InlineData("registration number", "12-345-678", null, "100")]
    [InlineData("Registration Number", "12345678", "Elsewhere", null)]
    [InlineData("Tax ID No.", "12345678", "Atlantis", null)]
    [InlineData("Registration Number", "1234567", "Atlantis", null)]
    [InlineData("Passport", "x1234567", "Atlantis", "200")]
    [InlineData("Gender", "Male", null, null)]
    public void Identify_OnlyTheSameNumberOfTheSameKind(string type, string number, string? country, string? id) =>
        Assert.Equal(id, Read(Xml).List.Identify(new(type, number, country)).SingleOrDefault()?.Id);

    [Theory]
    [InlineData("Example Holding", "100")]
    [InlineData("holding example", "100")]
    [InlineData("EXAMPLE HOLDINGS", null)]
    [InlineData("sample, jo", "200")]
    public void Leads_AreNamesOfTheSameWords(string name, string? id) =>
        Assert.Equal(id, Read(Xml).List.LeadsByName(name).SingleOrDefault()?.Id);

    [Fact]
    public void Xml_CutOrAnotherFile_IsRefusedOrSaid()
    {
        Assert.Throws<InvalidDataException>(() => Read(Xml[..(Xml.Length - 20)]));
        Assert.Throws<InvalidDataException>(() => Read("<html></html>"));
        Assert.Throws<InvalidDataException>(() => Read(""));
        Assert.Throws<InvalidDataException>(() => Read("<!DOCTYPE x [<!ENTITY a \"b\">]><sdnList>&a;</sdnList>"));
        Assert.Equal(["The list says that it has 3 records; 2 were read."], Read(Xml.Replace(">2</Record", ">3</Record",
            StringComparison.Ordinal)).Faults);
        Assert.Single(Read("<sdnList/>").Faults);
    }

    [Fact]
    public void Csv_IsJoinedWithItsAliases()
    {
        const string Names = "36,\"EXAMPLE \"\"AIR\"\" LINES, LTD\",-0- ,\"TEST-1] [TEST-2\",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- \n"
            + "173,\"SAMPLE, Jo\",\"individual\",\"TEST-1\",-0- \nnonsense\n\u001a";
        const string Aliases = "36,12,\"aka\",\"EXAIR\",-0- \n99,13,\"aka\",\"LOST\",-0- \n";
        var (list, faults) = SdnCsv.Read(new StringReader(Names), new StringReader(Aliases), "sdn.csv");
        Assert.Equal(["EXAMPLE \"AIR\" LINES, LTD", "SAMPLE, Jo"], list.Entries.Select(entry => entry.Name));
        Assert.Equal(("", "individual"), (list.Entries[0].Kind, list.Entries[1].Kind));
        Assert.Equal(["TEST-1", "TEST-2"], list.Entries[0].Programs);
        Assert.Equal("36", Assert.Single(list.LeadsByName("exair")).Id);
        Assert.Equal("173", Assert.Single(list.LeadsByName("Jo Sample")).Id);
        Assert.Equal(
            ["Line 3 of the names is no record: four fields are needed, the first a number.",
                "An alias names entry 99, which there is not."],
            faults.Order(StringComparer.Ordinal).Reverse());
    }

    /// <summary>From a listed number to a verdict about a customer.</summary>
    [Fact]
    public void Identified_PassesDownTheOwnership()
    {
        var listed = Read(Xml).List.Identify(new("Registration Number", "12345678", "Atlantis"));
        var graph = OwnershipGraph.Create([new("reg-12345678", "customer", 5000), new("a person", "customer", 5000)], ["a person"]);
        var marked = listed.Count > 0 ? new HashSet<string> { "reg-12345678" } : [];
        var finding = OwnershipRule.Apply(graph, marked, OwnershipThreshold.HalfOrMore).Single(finding => finding.Party == "customer");
        Assert.Equal(OwnershipVerdict.Marked, finding.Verdict);
    }

    private static SanctionsReading Read(string xml)
    {
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(xml.TrimStart()));
        return SdnXml.Read(stream, "made up");
    }
}
