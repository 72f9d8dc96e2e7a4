using System.CommandLine;
using Stillwatch.Interactions;
using Stillwatch.Interactions.Reading;
using Stillwatch.Store.Engine;

namespace Stillwatch.Cli.Verbs;

/// <summary>What verbs that read logs or open a store are told, each the same with every verb.</summary>
internal static class InputOptions
{
    private static readonly Dictionary<string, InputFormat> Formats = new(StringComparer.Ordinal)
    {
        ["auto"] = InputFormat.Auto,
        ["native"] = InputFormat.Native,
        ["csv"] = InputFormat.Csv,
        ["parquet"] = InputFormat.Parquet,
        ["litellm"] = InputFormat.LiteLlm,
        ["otel"] = InputFormat.OpenTelemetry,
    };

    public static Argument<string[]> Inputs() => new("INPUTS")
    {
        Description = "Logs: files, directories, patterns such as 'logs/**/*.jsonl.gz', or - for standard input.",
        Arity = ArgumentArity.ZeroOrMore,
    };

    public static Option<string?> Accounts() => new("--accounts")
    {
        HelpName = "FILE",
        Description = "What is known of accounts from their registration (accounts.jsonl, plain or gzip).",
    };

    public static Option<string> Store() => new("--store")
    {
        HelpName = "DIRECTORY|URL",
        Description = "Where the interactions are kept: a directory, or a ClickHouse server as http://host:8123/database.",
        DefaultValueFactory = _ => StoreAddress.DefaultDirectory,
    };

    /// <summary>Refuses the address of a store that is to be looked at and is not there; a server is asked when it is opened.</summary>
    public static string ExistingStore(string address) =>
        address.Contains("://", StringComparison.Ordinal) || Directory.Exists(address)
            ? address
            : throw new UnusableException($"there is no store {address}; 'stillwatch ingest' makes one, and --store names another.");

    public static Option<string> Format() => new Option<string>("--input-format")
    {
        HelpName = string.Join('|', Formats.Keys),
        Description = "The format of every input; auto recognises it file by file.",
        DefaultValueFactory = _ => "auto",
    }.AcceptOnlyFromAmong([.. Formats.Keys]);

    public static Option<string?> Keep() => new("--keep")
    {
        HelpName = "WHAT",
        Description =
            "What a new store keeps of texts: full, sketch or none for all, or field by field as in messages=full,response=none; " +
            "the default is sketch. A store keeps to what it was made with.",
    };

    public static Option<bool> Strict() => new("--strict")
    {
        Description = "End at the first record that cannot be read, instead of counting it.",
    };

    public static Option<string?> Columns() => new("--columns")
    {
        HelpName = "COLUMN=MEMBER,...",
        Description = "Which columns of CSV and Parquet files hold what, where their names do not say so, as in ts=time,uid=account.",
    };

    public static Option<int> MaxLine() => new Option<int>("--max-line")
    {
        HelpName = "BYTES",
        Description = "The longest record; longer ones are rejected without being held.",
        DefaultValueFactory = _ => ReaderOptions.DefaultMaxLineBytes,
    };

    /// <summary>How to read, from <see cref="Format"/>, <see cref="Columns"/> and <see cref="MaxLine"/>.</summary>
    public static ReaderOptions ReaderOf(string format, string? columns, int maxLine)
    {
        var mapping = ColumnMapping.Default;
        if (columns is not null && !ColumnMapping.TryParse(columns, out mapping, out var error))
        {
            throw new UnusableException($"--columns: {error}");
        }

        var options = new ReaderOptions { Format = Formats[format], Columns = mapping, MaxLineBytes = maxLine };
        return options.Validate() is [var first, ..] ? throw new UnusableException(first) : options;
    }

    /// <summary>The policy of <see cref="Keep"/>; null where it is not given.</summary>
    public static ContentPolicy? PolicyOf(string? text)
    {
        if (text is null)
        {
            return null;
        }

        return ContentPolicy.TryParse(text, out var policy, out var error) ? policy : throw new UnusableException($"--keep: {error}");
    }
}
