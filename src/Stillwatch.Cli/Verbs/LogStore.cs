using System.CommandLine;
using Stillwatch.Cli.Output;
using Stillwatch.Interactions.Reading;
using Stillwatch.Store;

namespace Stillwatch.Cli.Verbs;

/// <summary>
/// The store a verb looks through. Logs that are named without --store go into a store of their own that is deleted afterwards, so that
/// the result depends on nothing but these logs.
/// </summary>
internal sealed class LogStore : IAsyncDisposable
{
    private readonly string? _temporary;

    private LogStore(InteractionStore store, string? temporary) => (Store, _temporary) = (store, temporary);

    /// <summary>The store.</summary>
    public InteractionStore Store { get; }

    /// <summary>Records of the logs that were rejected; null if no log was read.</summary>
    public long? Rejected { get; private set; }

    /// <summary>Arguments and options of every verb that looks through logs.</summary>
    public static LogArguments Arguments() => new(
        InputOptions.Inputs(),
        InputOptions.Accounts(),
        InputOptions.Store(),
        InputOptions.Format(),
        InputOptions.Columns(),
        InputOptions.Keep(),
        InputOptions.Strict(),
        InputOptions.MaxLine());

    /// <summary>Opens the store and reads the logs into it.</summary>
    public static async Task<LogStore> OpenAsync(
        LogArguments arguments, ParseResult parsed, Terminal terminal, CancellationToken cancellation)
    {
        var names = parsed.GetValue(arguments.Inputs) ?? [];
        var inputs = names.Length == 0 ? [] : InputDiscovery.Find(names, StandardInput.Open);
        var registrations = parsed.GetValue(arguments.Accounts) is { } file ? InputDiscovery.Find([file], StandardInput.Open) : [];
        var chosen = parsed.GetResult(arguments.Store) is { Implicit: false };
        var temporary = inputs.Count > 0 && !chosen ? Directory.CreateTempSubdirectory("stillwatch-").FullName : null;
        var address = temporary ?? parsed.GetRequiredValue(arguments.Store);
        if (inputs.Count == 0)
        {
            InputOptions.ExistingStore(address);
        }

        var options = new StoreOptions { Content = InputOptions.PolicyOf(parsed.GetValue(arguments.Keep)) };
        var logs = await OpenAsync(address, temporary, options, cancellation);
        try
        {
            await logs.ReadAsync(arguments, parsed, inputs, registrations, terminal, cancellation);
            return logs;
        }
        catch
        {
            await logs.DisposeAsync();
            throw;
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await Store.DisposeAsync();
        Delete(_temporary);
    }

    private static async Task<LogStore> OpenAsync(
        string address, string? temporary, StoreOptions options, CancellationToken cancellation)
    {
        try
        {
            return new LogStore(await InteractionStore.OpenAsync(address, options, cancellation), temporary);
        }
        catch
        {
            Delete(temporary);
            throw;
        }
    }

    private static void Delete(string? temporary)
    {
        if (temporary is not null)
        {
            Directory.Delete(temporary, recursive: true);
        }
    }

    private async Task ReadAsync(
        LogArguments arguments,
        ParseResult parsed,
        IReadOnlyList<InputFile> inputs,
        IReadOnlyList<InputFile> registrations,
        Terminal terminal,
        CancellationToken cancellation)
    {
        var options = new IngestOptions
        {
            Reader = InputOptions.ReaderOf(
                parsed.GetRequiredValue(arguments.Format),
                parsed.GetValue(arguments.Columns),
                parsed.GetRequiredValue(arguments.MaxLine)),
            Strict = parsed.GetValue(arguments.Strict),
        };
        if (inputs.Count > 0)
        {
            var summary = await terminal.WithProgressAsync(display =>
                Store.IngestAsync(inputs, options, new IngestDisplay(display), cancellation));
            Rejected = summary.Faults.Rejected.Total;
            FaultReport.Write(summary.Faults, terminal);
        }

        var (_, faults) = await RegistrationFiles.ReadAsync(Store, registrations, options, cancellation);
        FaultReport.Write(faults, terminal);
    }
}
