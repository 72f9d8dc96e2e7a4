using System.CommandLine;
using System.Globalization;
using System.Text;
using Stillwatch.Cli.Output;
using Stillwatch.Store;

namespace Stillwatch.Cli.Verbs;

/// <summary>Shows and tends a store.</summary>
internal static class StoreVerb
{
    private static readonly Option<string> Address = InputOptions.Store();

    private static readonly Option<DateOnly> Before = new("--before")
    {
        HelpName = "DATE",
        Description = "The first day that stays, as 2026-03-01 (UTC).",
        Required = true,
        CustomParser = static result =>
        {
            var text = result.Tokens.Count == 1 ? result.Tokens[0].Value : string.Empty;
            if (!DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
            {
                result.AddError($"--before takes a day such as 2026-03-01, not '{text}'.");
            }

            return day;
        },
    };

    public static Command Create() => new("store", "Show and tend a store.")
    {
        Subcommands = { Info(), Prune() },
    };

    private static VerbCommand Info() => new("info", "Show what a store is and holds.")
    {
        Options = { Address },
        Examples = [("What is in ./stillwatch-data?", "stillwatch store info")],
        Work = static async (parsed, _, cancellation) =>
        {
            await using var store = await InteractionStore.OpenAsync(
                InputOptions.ExistingStore(parsed.GetRequiredValue(Address)), null, cancellation);
            await WriteAsync(Describe(await store.DescribeAsync(cancellation)), cancellation);
            return ExitStatus.Done;
        },
    };

    private static VerbCommand Prune() => new("prune", "Drop the interactions of all days before one; labels and registrations stay.")
    {
        Options = { Address, Before },
        Examples = [("Keep only what is from March on", "stillwatch store prune --before 2026-03-01")],
        Work = static async (parsed, _, cancellation) =>
        {
            await using var store = await InteractionStore.OpenAsync(
                InputOptions.ExistingStore(parsed.GetRequiredValue(Address)), null, cancellation);
            var pruned = await store.PruneAsync(parsed.GetRequiredValue(Before), cancellation);
            var days = Text($"{pruned.Days:#,0} days before {pruned.Before:yyyy-MM-dd}");
            await WriteAsync(Text($"{pruned.Interactions:#,0} interactions of {days} dropped.\n"), cancellation);
            return ExitStatus.Done;
        },
    };

    private static string Describe(StoreOverview store) => Text(
        $"""
        store          {store.Address}
        engine         ClickHouse {store.EngineVersion}, {(store.IsEmbedded ? "embedded" : "server")}
        schema         version {store.SchemaVersion}
        keeps          {store.Content}
        interactions   {store.Interactions:#,0} of {store.Accounts:#,0} accounts, in {store.Batches:#,0} batches
        time           {Range(store)}
        registrations  {store.Registrations:#,0}
        on disk        {store.Bytes / 1e6:#,0.0} MB{PerInteraction(store)}

        """);

    private static string Range(StoreOverview store) => store is { FirstMs: { } first, LastMs: { } last }
        ? Text($"{Instant(first):yyyy-MM-dd HH:mm:ss}Z to {Instant(last):yyyy-MM-dd HH:mm:ss}Z, {store.Days:#,0} days")
        : "nothing stored yet";

    private static string PerInteraction(StoreOverview store) =>
        store.Interactions == 0 ? string.Empty : Text($", {(double)store.InteractionBytes / store.Interactions:0.0} bytes an interaction");

    private static DateTimeOffset Instant(long milliseconds) => DateTimeOffset.FromUnixTimeMilliseconds(milliseconds);

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private static Task WriteAsync(string text, CancellationToken cancellation) =>
        ResultTarget.WriteAsync(null, async (stream, token) => await stream.WriteAsync(Encoding.UTF8.GetBytes(text), token), cancellation);
}
