using System.CommandLine;
using System.Globalization;
using System.Text;
using Stillwatch.Cli.Output;
using Stillwatch.Interactions.Reading;
using Stillwatch.Store;

namespace Stillwatch.Cli.Verbs;

/// <summary>Reads logs into a store.</summary>
internal static class IngestVerb
{
    private static readonly Argument<string[]> Inputs = InputOptions.Inputs();
    private static readonly Option<string?> Accounts = InputOptions.Accounts();
    private static readonly Option<string> Address = InputOptions.Store();
    private static readonly Option<string> Format = InputOptions.Format();
    private static readonly Option<string?> Columns = InputOptions.Columns();
    private static readonly Option<int> MaxLine = InputOptions.MaxLine();
    private static readonly Option<string?> Keep = InputOptions.Keep();
    private static readonly Option<bool> Strict = InputOptions.Strict();

    private static readonly Option<int> BlockRows = new("--block-rows")
    {
        HelpName = "N",
        Description = "The most interactions of one insert; more make fewer parts and take memory.",
        DefaultValueFactory = _ => IngestOptions.DefaultBlockRows,
    };

    public static VerbCommand Create() => new("ingest", "Read logs into a store; interactions that it holds already are not stored again.")
    {
        Arguments = { Inputs },
        Options = { Accounts, Address, Format, Columns, Keep, Strict, MaxLine, BlockRows },
        Examples =
        [
            ("Read a fortnight of logs", "stillwatch ingest logs/2026-03-*.jsonl.gz --accounts accounts.jsonl"),
            ("Keep the conversations too", "stillwatch ingest logs/ --store /srv/stillwatch --keep messages=full"),
            ("Learn more of accounts whose logs are stored", "stillwatch ingest --accounts accounts.jsonl"),
            ("Read from another program into a server", "zcat log.gz | stillwatch ingest - --store http://localhost:8123/stillwatch"),
        ],
        Work = RunAsync,
    };

    private static async Task<int> RunAsync(ParseResult parsed, Terminal terminal, CancellationToken cancellation)
    {
        var ingest = OptionsOf(parsed);
        var names = parsed.GetValue(Inputs) ?? [];
        var inputs = names.Length == 0 ? [] : InputDiscovery.Find(names, StandardInput.Open);
        var registrations = parsed.GetValue(Accounts) is { } file ? InputDiscovery.Find([file], StandardInput.Open) : [];
        if (inputs.Count + registrations.Count == 0)
        {
            throw new UnusableException("there is nothing to read; name logs, or registrations with --accounts.");
        }

        var options = new StoreOptions { Content = InputOptions.PolicyOf(parsed.GetValue(Keep)) };
        await using var store = await InteractionStore.OpenAsync(parsed.GetRequiredValue(Address), options, cancellation);
        var summary = await IngestAsync(store, inputs, ingest, terminal, cancellation);
        var read = await RegistrationFiles.ReadAsync(store, registrations, ingest, cancellation);
        FaultReport.Write(summary.Faults, terminal);
        FaultReport.Write(read.Faults, terminal);
        var text = Encoding.UTF8.GetBytes(Describe(summary, registrations.Count > 0 ? read.Registrations : null));
        await ResultTarget.WriteAsync(null, async (stream, token) => await stream.WriteAsync(text, token), cancellation);
        return ExitStatus.Done;
    }

    private static IngestOptions OptionsOf(ParseResult parsed)
    {
        var rows = parsed.GetRequiredValue(BlockRows);
        return new()
        {
            Reader = InputOptions.ReaderOf(parsed.GetRequiredValue(Format), parsed.GetValue(Columns), parsed.GetRequiredValue(MaxLine)),
            Strict = parsed.GetValue(Strict),
            BlockRows = rows is > 0 and <= IngestOptions.MaxBlockRows
                ? rows
                : throw new UnusableException($"--block-rows is {rows}; accepted is 1 to {IngestOptions.MaxBlockRows}."),
        };
    }

    private static Task<IngestSummary> IngestAsync(
        InteractionStore store,
        IReadOnlyList<InputFile> inputs,
        IngestOptions options,
        Terminal terminal,
        CancellationToken cancellation) =>
        terminal.WithProgressAsync(display => store.IngestAsync(inputs, options, new IngestDisplay(display), cancellation));

    private static string Describe(IngestSummary summary, long? registrations)
    {
        var files = summary.Files == 1 ? "1 file" : Counted(summary.Files, "files");
        var text = $"{Counted(summary.Interactions, "interactions")} read from {files}: "
            + $"{Counted(summary.Stored, "stored")}, {Counted(summary.Duplicates, "known before")}; "
            + $"{Counted(summary.Faults.Rejected.Total, "records rejected")}.\n";
        return registrations is { } count ? text + $"{Counted(count, "registrations of accounts")} read.\n" : text;
    }

    private static string Counted(long count, string what) => string.Create(CultureInfo.InvariantCulture, $"{count:#,0} {what}");
}
