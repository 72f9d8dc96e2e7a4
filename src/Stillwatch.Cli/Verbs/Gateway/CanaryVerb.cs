using System.CommandLine;
using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Stillwatch.Evidence.Decisions;
using Stillwatch.Evidence.Signing;
using Stillwatch.Evidence.TransparencyLog;
using Stillwatch.Gateway.Responses;

namespace Stillwatch.Cli.Verbs.Gateway;

/// <summary>Makes books of trap facts, commits to them in the log, and shows them.</summary>
internal static class CanaryVerb
{
    private const int DefaultPairs = 64;

    private static readonly Option<string> Log = TransparencyOptions.Log();
    private static readonly Option<string> Key = TransparencyOptions.Key();
    private static readonly Option<string?> Operator = DecisionArguments.Operator();

    private static readonly Argument<string> Book = new("book")
    {
        HelpName = "FILE",
        Description = "The book's file. It holds the secret.",
    };

    private static readonly Option<string> Name = new("--name")
    {
        HelpName = "NAME",
        Description = "What the log calls the book: letters, digits, dots, dashes and underscores.",
        Required = true,
    };

    private static readonly Option<int> Pairs = new("--pairs")
    {
        HelpName = "N",
        Description = "How many pairs of cues; of each one is served, the other kept back.",
        DefaultValueFactory = static _ => DefaultPairs,
    };

    private static readonly Option<bool> Withheld = new("--withheld")
    {
        Description = "Show the cues that are kept back as well: for the test of a suspect, after which they are known.",
    };

    public static Command Create() => new("canary", "Trap facts: made up, committed in the log, and served only to whom a response says.")
    {
        Subcommands = { New(), Commit(), List() },
    };

    private static VerbCommand New() => new("new", "Draw a book of trap facts.")
    {
        Arguments = { Book },
        Options = { Name, Pairs },
        Examples = [("A book of 64 pairs", "stillwatch canary new traps.json --name spring")],
        Work = static (parsed, terminal, _) =>
        {
            var book = TrapBook.Create(parsed.GetRequiredValue(Book), parsed.GetRequiredValue(Name), parsed.GetValue(Pairs));
            terminal.Note($"{book.Subject}: {book.Pairs.Count} pairs, commitment {book.Commitment}; 'stillwatch canary commit' comes next");
            return Task.FromResult(ExitStatus.Done);
        },
    };

    private static VerbCommand Commit() => new("commit", "Put a book's commitment into the log; gateways serve from it only then.")
    {
        Arguments = { Book },
        Options = { Log, Key, Operator },
        Examples = [("Before the first is served", "stillwatch canary commit traps.json --log evidence --key evidence.key --operator kim")],
        Work = static async (parsed, terminal, cancellation) =>
        {
            var book = TrapBook.Read(parsed.GetRequiredValue(Book));
            var actor = DecisionArguments.ReadOperator(parsed.GetValue(Operator));
            using var key = SigningKeyFile.Read(parsed.GetRequiredValue(Key));
            await using var log = await LogWriter.OpenWaitingAsync(parsed.GetRequiredValue(Log), key, cancellation: cancellation);

            // The id follows from the book: committing again says nothing new.
            var entry = DecisionEntry.Create(
                $"{book.Subject}/{book.Commitment}", EntryKind.KeyCommitment, book.Subject, actor, TimeProvider.System.GetUtcNow(),
                new JsonObject { ["commitment"] = book.Commitment, ["pairs"] = book.Pairs.Count, ["scheme"] = "trap book v1" });
            var index = await log.AppendAsync(entry.Bytes, cancellation);
            await log.PublishAsync();
            terminal.Note($"{book.Subject}: committed as entry {index}");
            return ExitStatus.Done;
        },
    };

    private static VerbCommand List() => new("list", "Show what a book serves.")
    {
        Arguments = { Book },
        Options = { Withheld },
        Examples =
        [
            ("What is served?", "stillwatch canary list traps.json"),
            ("And what to ask a suspect?", "stillwatch canary list traps.json --withheld"),
        ],
        Work = static async (parsed, _, cancellation) =>
        {
            var book = TrapBook.Read(parsed.GetRequiredValue(Book));
            var lines = new StringBuilder();
            foreach (var (pair, i) in book.Pairs.Select(static (pair, i) => (pair, i)))
            {
                lines.Append(CultureInfo.InvariantCulture, $"{i}  {TrapBook.Tell(pair.Published)}");
                lines.Append(parsed.GetValue(Withheld) ? $"  withheld: {TrapBook.Tell(pair.Withheld)}\n" : "\n");
            }

            await CaseOptions.SayAsync(lines.ToString(), cancellation);
            return ExitStatus.Done;
        },
    };
}
