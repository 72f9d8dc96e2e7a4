using System.Text;
using Stillwatch.Interactions;
using Stillwatch.Interactions.Reading;
using Stillwatch.Sketching;

namespace Stillwatch.Benchmarks.Detection.Coordination;

/// <summary>Reads a log with the product's own readers and sketches into an <see cref="InteractionTable"/>.</summary>
internal sealed class InteractionTableReader
{
    private readonly InteractionTable _table = new();
    private readonly InteractionSketcher _sketcher = new();
    private readonly InteractionSketch _sketch = new();

    private InteractionTableReader()
    {
    }

    /// <summary>Reads interactions, then registrations.</summary>
    /// <param name="logs">The interactions.</param>
    /// <param name="registrations">The accounts files; there may be none.</param>
    /// <param name="faults">Takes what is wrong with the input.</param>
    /// <param name="cancellation">Ends the reading.</param>
    public static async Task<InteractionTable> ReadAsync(
        IReadOnlyList<InputFile> logs, IReadOnlyList<InputFile> registrations, InputFaults faults, CancellationToken cancellation)
    {
        var reader = new InteractionTableReader();
        await foreach (var interaction in new InteractionReader(new(), faults, TimeProvider.System).ReadAsync(logs, cancellation))
        {
            reader.Add(interaction);
        }

        await foreach (var registration in new AccountReader(new(), faults, TimeProvider.System).ReadAsync(registrations, cancellation))
        {
            reader._table.Register(registration.Account, Hash(registration.Payment), Hash(registration.EmailDomain));
        }

        return reader._table;
    }

    /// <summary>The table of interactions that are in memory.</summary>
    public static InteractionTable Read(IEnumerable<Interaction> interactions)
    {
        var reader = new InteractionTableReader();
        foreach (var interaction in interactions)
        {
            reader.Add(interaction);
        }

        return reader._table;
    }

    private void Add(Interaction interaction)
    {
        _sketcher.Sketch(interaction, _sketch);
        var client = interaction.Client;
        _table.Add(
            new()
            {
                Account = _table.AddAccount(interaction.Account),
                ObservedAtMs = interaction.ObservedAtMs,
                Address = _table.AddValue(AttributeKind.Address, Hash(client.Address)),
                Network = _table.AddValue(AttributeKind.Network, Hash(client.Address?.Network)),
                AutonomousSystem = _table.AddValue(AttributeKind.AutonomousSystem, client.AutonomousSystem),
                Client = _table.AddValue(AttributeKind.Client, XxHash64.Combine(Hash(client.UserAgent), Hash(client.Ja4))),
                SystemPrompt = _table.AddValue(AttributeKind.SystemPrompt, _sketch.System),
                ToolSet = _table.AddValue(AttributeKind.ToolSet, _sketch.Tools),
                Model = _table.AddModel(interaction.Model),
                Tokens = interaction.Usage.Input + interaction.Usage.Output,
                Elicitation = _sketch.Elicitation,
                Traits = RequestTraitsExtensions.Of(interaction),
            },
            _sketch.Phrases);
    }

    private static ulong Hash(ClientAddress? address) =>
        address is { Bits: var bits } ? XxHash64.Combine((ulong)bits, (ulong)(bits >> 64)) : 0;

    private static ulong Hash(string? text) => text is { Length: > 0 } ? XxHash64.Hash(Encoding.UTF8.GetBytes(text)) : 0;
}
