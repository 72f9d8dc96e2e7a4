using System.Globalization;
using System.Text;
using Stillwatch.Interactions;
using Stillwatch.Interactions.Formats;
using Stillwatch.Interactions.Reading;

namespace Stillwatch.Tests.Interactions;

/// <summary>What docs/formats/inputs.md says of names and bounds is what the readers have.</summary>
public sealed class InputsDocumentTests
{
    private static readonly string Document = File.ReadAllText(Find());

    [Fact]
    public void Attributes_OfOpenTelemetry_AreAllNamed() =>
        Assert.All(OtlpAttributes.Names, static name => Assert.Contains($"`{name}`", Document, StringComparison.Ordinal));

    [Fact]
    public void Columns_InTheTable_HoldTheMemberTheyStandBeside()
    {
        var rows = Document.Split('\n').SkipWhile(static l => l != "| member | columns |").Skip(2)
            .TakeWhile(static l => l.StartsWith('|')).ToList();
        Assert.Equal(21, rows.Count);
        foreach (var row in rows.Select(static r => r.Split('|')).Where(static r => r[1].Split('`').Length == 3))
        {
            var member = row[1].Split('`')[1];
            var columns = row[2].Split('`').Where(static (text, i) => i % 2 == 1 && text != "request.");
            Assert.All(columns, column => Assert.StartsWith(member, PathOf(column), StringComparison.Ordinal));
        }
    }

    [Theory]
    [InlineData("record | 16 MiB", ReaderOptions.DefaultMaxLineBytes >> 20)]
    [InlineData("nesting of JSON | 64", ReaderOptions.DefaultMaxDepth)]
    [InlineData("account, id | 512", AccountId.MaxLength)]
    [InlineData("other names | 4,096 bytes", ReaderOptions.DefaultMaxNameBytes)]
    [InlineData("messages of a conversation | 1,024", ReaderOptions.DefaultMaxMessages)]
    [InlineData("names of tools | 256", ReaderOptions.DefaultMaxTools)]
    [InlineData("chunks of 1 MiB", ReaderOptions.DefaultChunkBytes >> 20)]
    [InlineData("the first 20 of each", InputFaults.Kept)]
    public void Bounds_InTheDocument_AreTheDefaults(string said, int value)
    {
        Assert.Contains(said, Document, StringComparison.Ordinal);
        Assert.Contains(value.ToString("N0", CultureInfo.InvariantCulture), said, StringComparison.Ordinal);
    }

    [Fact]
    public void Extensions_OfDirectories_AreAllNamed() =>
        Assert.All(InputDiscovery.Extensions, static extension => Assert.Contains($"`{extension}`", Document, StringComparison.Ordinal));

    private static string PathOf(string column) => ColumnMapping.Default.Find(Encoding.UTF8.GetBytes(column)).Path();

    private static string Find()
    {
        var directory = new DirectoryInfo(AppContext.BaseDirectory);
        while (directory is not null && !File.Exists(Path.Combine(directory.FullName, "Stillwatch.slnx")))
        {
            directory = directory.Parent;
        }

        return Path.Combine(directory!.FullName, "docs", "formats", "inputs.md");
    }
}
