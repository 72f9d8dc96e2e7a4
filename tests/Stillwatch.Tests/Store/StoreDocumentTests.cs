using System.Text.RegularExpressions;
using Stillwatch.Store;
using Stillwatch.Store.Schema;

namespace Stillwatch.Tests.Store;

/// <summary>What docs/formats/store.md says of tables and kinds is what the store has.</summary>
public sealed partial class StoreDocumentTests
{
    private const RegexOptions Options = RegexOptions.Multiline | RegexOptions.ExplicitCapture;

    private static readonly string Page = File.ReadAllText(PagePath());

    [Fact]
    public void Interactions_OfThePage_AreTheTablesColumns()
    {
        var documented = ColumnRow().Matches(Page).Select(static row => $"{row.Groups["name"].Value} {row.Groups["type"].Value}");
        var written = StoreTables.Interactions.Written.Select(static column => $"{column.Name.Name} {column.Type}");
        Assert.Equal([.. written, "day Date"], documented);
    }

    [Fact]
    public void Tables_OfThePage_AreThoseOfTheSchemaWithTheirColumns()
    {
        StoreTable[] tables =
        [
            StoreTables.Labels, StoreTables.Registrations, StoreTables.Batches, StoreTables.Commits, StoreTables.Prunes,
            StoreTables.Settings, StoreTables.SchemaVersions,
        ];
        var documented = TableRow().Matches(Page).ToDictionary(
            static row => row.Groups["name"].Value, static row => Names(row.Groups["columns"].Value));
        Assert.Equal(tables.Select(static table => table.Name.Name), documented.Keys);
        Assert.All(tables, table => Assert.Equal(
            table.Written.Select(static column => column.Name.Name).Order(StringComparer.Ordinal),
            documented[table.Name.Name].Order(StringComparer.Ordinal)));
    }

    [Fact]
    public void Kinds_OfThePage_AreAllKinds()
    {
        var sentence = Page[Page.IndexOf("Kinds of labels:", StringComparison.Ordinal)..];
        sentence = sentence[..sentence.IndexOf('.', StringComparison.Ordinal)];
        var numbers = Number().Matches(sentence).Select(static match => match.Value);
        Assert.Equal(Enum.GetValues<LabelKind>().Select(static kind => $"{(byte)kind}"), numbers);
    }

    private static List<string> Names(string columns) => [.. Quoted().Matches(columns).Select(static match => match.Groups[1].Value)];

    [GeneratedRegex(@"^\| `(?<name>\w+)` \| (?<type>[A-Z]\w+(\(\w+\))?) \| [^|]*\|$", Options)]
    private static partial Regex ColumnRow();

    [GeneratedRegex(@"^\| `(?<name>\w+)` \| (?<columns>`.*) \| [^|]*\|$", Options)]
    private static partial Regex TableRow();

    [GeneratedRegex("`([a-z_]+)`")]
    private static partial Regex Quoted();

    [GeneratedRegex("[0-9]+(?= )")]
    private static partial Regex Number();

    private static string PagePath()
    {
        var directory = new DirectoryInfo(AppContext.BaseDirectory);
        while (directory is not null && !File.Exists(Path.Combine(directory.FullName, "Stillwatch.slnx")))
        {
            directory = directory.Parent;
        }

        return Path.Combine(directory!.FullName, "docs", "formats", "store.md");
    }
}
