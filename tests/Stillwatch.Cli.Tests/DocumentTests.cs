using System.Text.RegularExpressions;
using Stillwatch.Cli.Tests.Launching;

namespace Stillwatch.Cli.Tests;

/// <summary>What documents say that a program can check.</summary>
public sealed partial class DocumentTests
{
    private static readonly IReadOnlyList<string> Documents =
    [
        .. Directory.EnumerateFiles(Checkout.SourceRoot, "*.md"),
        .. Directory.EnumerateFiles(Path.Combine(Checkout.SourceRoot, "docs"), "*.md", SearchOption.AllDirectories),
    ];

    [Fact]
    public void Links_InsideTheRepository_LeadSomewhere() =>
        Assert.All(
            Mentions(Link()),
            link => Assert.True(
                Path.Exists(Path.Combine(Path.GetDirectoryName(link.Document)!, Uri.UnescapeDataString(link.Text))),
                $"{link.Document} links to {link.Text}, which is not there."));

    [Fact]
    public async Task Verbs_NamedInDocuments_Exist()
    {
        var (_, help, _) = await CommandLineRun.FinishAsync("--help");
        var verbs = HelpVerb().Matches(help[help.IndexOf("Commands:", StringComparison.Ordinal)..])
            .Select(verb => verb.Groups[1].Value).ToHashSet();
        Assert.Contains("version", verbs);
        Assert.All(
            Mentions(Call()),
            call => Assert.True(verbs.Contains(call.Text), $"{call.Document} says 'stillwatch {call.Text}', which is no verb."));
    }

    [Fact]
    public void Decisions_Numbered_AreAllInTheList()
    {
        var folder = Path.Combine(Checkout.SourceRoot, "docs", "decisions");
        var list = File.ReadAllText(Path.Combine(folder, "README.md"));
        Assert.All(
            Directory.EnumerateFiles(folder, "0*.md").Select(path => Path.GetFileName(path)),
            name => Assert.Contains($"({name})", list, StringComparison.Ordinal));
    }

    /// <summary>Every verb's own examples must parse, option by option.</summary>
    [Fact]
    public void Examples_OfEveryVerb_AreAcceptedByTheParser()
    {
        var root = StillwatchCommand.CreateRoot();
        var examples = StillwatchCommand.Verbs(root).SelectMany(verb => verb.Examples).Select(example => example.Line).ToList();
        Assert.NotEmpty(examples);
        Assert.All(examples, line => Assert.Empty(root.Parse(line[(line.IndexOf("stillwatch ", StringComparison.Ordinal) + 11)..]).Errors));
    }

    /// <summary>The first group of every match in every document.</summary>
    private static IEnumerable<(string Document, string Text)> Mentions(Regex pattern) =>
        Documents.SelectMany(
            document => pattern.Matches(File.ReadAllText(document)).Select(match => (document, match.Groups[1].Value)));

    [GeneratedRegex(@"\]\((?!https?:|#|mailto:)([^)#\s]+)(?:#[^)]*)?\)")]
    private static partial Regex Link();

    [GeneratedRegex(@"(?m)(?:^|`|\$ )(?:\./)?stillwatch ([a-z]+)\b")]
    private static partial Regex Call();

    [GeneratedRegex(@"(?m)^  ([a-z]+)\b")]
    private static partial Regex HelpVerb();
}
