using Stillwatch.Interactions;
using Stillwatch.Interactions.Reading;
using Stillwatch.Sketching;
using Stillwatch.Store.Engine;

namespace Stillwatch.Store.Ingestion;

/// <summary>Turns interactions into rows of the raw table. The hot path of an ingest: one a worker, reused. Not thread-safe.</summary>
/// <remarks>The order of what is written here is the order of <see cref="Schema.StoreTables.Interactions"/>.</remarks>
internal sealed class InteractionEncoder(ContentPolicy policy) : IInteractionSink
{
    private const long DayMs = 24 * 60 * 60 * 1000;
    private const long MaxTimeMs = 49_710 * DayMs - 1;

    private readonly InteractionSketcher _sketcher = new();
    private readonly InteractionSketch _sketch = new();
    private readonly LabelFilter _handedOver = new();
    private readonly ContentJson _json = new();
    private readonly bool _keepsSystem = policy.System == ContentTreatment.Full;
    private readonly bool _filters = ContentFilter.LeavesOut(policy);

    private EncodedRows? _target;

    private EncodedRows Target => _target ?? throw new InvalidOperationException("Say where the rows go before any is encoded.");

    /// <summary>Where the next interactions go.</summary>
    public void Begin(EncodedRows target) => _target = target;

    /// <inheritdoc/>
    public void Accept(Interaction interaction, RecordPosition position) => Encode(interaction);

    /// <summary>Encodes one interaction.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is from before 1970 or after 2106, past the engine's dates.</exception>
    public void Encode(Interaction interaction)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(interaction.ObservedAtMs);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(interaction.ObservedAtMs, MaxTimeMs);
        var kept = _filters ? ContentFilter.Apply(interaction, policy) : interaction;
        _sketcher.Sketch(kept, _sketch);
        var account = Named(LabelKind.Account, interaction.Account.Value);
        var key = StoreKeys.Of(interaction, account);
        var row = Target.Block;
        WriteIdentity(row, interaction, account, key);
        WriteNames(row, interaction);
        WriteClient(row, interaction.Client);
        WriteSketch(row);
        WriteFigures(row, interaction);
        WriteTexts(row, kept);
        row.EndRow();
        Target.Heads.Add(new(interaction.ObservedAtMs, account, key));
    }

    private static void WriteIdentity(ColumnBlock row, Interaction interaction, ulong account, ulong key)
    {
        row.UInt32(0);
        row.Int64(interaction.ObservedAtMs);
        row.UInt64(account);
        row.UInt64(key);
    }

    private void WriteNames(ColumnBlock row, Interaction interaction)
    {
        row.UInt64(Named(LabelKind.Organization, interaction.Organization));
        row.UInt64(Named(LabelKind.ApiKey, interaction.ApiKey));
        row.UInt64(Named(LabelKind.Model, interaction.Model));
        row.UInt64(Named(LabelKind.Operation, interaction.Operation));
        row.UInt64(Named(LabelKind.Finish, interaction.FinishReason));
    }

    private void WriteClient(ColumnBlock row, in ClientPeer client)
    {
        row.UInt64(client.Address is { } address ? Named(LabelKind.Address, StoreKeys.Address(address), address) : 0);
        row.UInt64(client.Address is { } member ? Named(LabelKind.Network, StoreKeys.Network(member), member.Network) : 0);
        row.UInt32(client.AutonomousSystem);
        row.UInt16(StoreKeys.Country(client.Country));
        row.UInt64(Named(LabelKind.Agent, client.UserAgent));
        row.UInt64(Named(LabelKind.Ja4, client.Ja4));
    }

    private void WriteSketch(ColumnBlock row)
    {
        row.UInt64(_sketch.System);
        row.UInt64(_sketch.Tools);
        row.UInt64(_sketch.Parameters);
        row.UInt64(_sketch.Prompt);
        row.UInt64(_sketch.Opening);
        row.Array(_sketch.Phrases);
        row.Array(_sketch.Words);
        row.UInt8((byte)_sketch.Elicitation);
        row.UInt32((uint)_sketch.PromptBytes);
        row.UInt16(policy.Messages == ContentTreatment.None ? (ushort)0 : Saturate16(_sketch.Messages));
    }

    private static void WriteFigures(ColumnBlock row, Interaction interaction)
    {
        row.UInt32(NotNegative(interaction.Usage.Input));
        row.UInt32(NotNegative(interaction.Usage.Output));
        row.UInt32(NotNegative(interaction.Usage.Reasoning));
        row.UInt16(Saturate16(interaction.Status));
        row.UInt32((uint)Math.Clamp(Math.Round(interaction.LatencyMs ?? 0), 0, uint.MaxValue));
    }

    private void WriteTexts(ColumnBlock row, Interaction kept)
    {
        var request = kept.Request;
        row.String(_keepsSystem ? SystemText(request).Span : []);
        row.String(policy.Messages == ContentTreatment.Full ? _json.Messages(request.Messages, _keepsSystem) : []);
        row.String(policy.Tools == ContentTreatment.Full ? _json.Tools(request.Tools) : []);
        row.String(policy.Response == ContentTreatment.Full ? (kept.ResponseText ?? default).Span : []);
    }

    private static ReadOnlyMemory<byte> SystemText(PromptContent request) =>
        request.System is { Length: > 0 } system ? system
        : request.Messages is [{ Role: "system" or "developer" } first, ..] ? first.Content
        : default;

    private ulong Named(LabelKind kind, string? text)
    {
        var hash = StoreKeys.Text(kind, text);
        if (hash != 0 && _handedOver.Add(hash))
        {
            Target.Labels.Add(new(kind, hash, text, default));
        }

        return hash;
    }

    private ulong Named(LabelKind kind, ulong hash, ClientAddress address)
    {
        if (_handedOver.Add(hash))
        {
            Target.Labels.Add(new(kind, hash, null, address));
        }

        return hash;
    }

    private static uint NotNegative(int value) => (uint)Math.Max(value, 0);

    private static ushort Saturate16(int value) => (ushort)Math.Clamp(value, 0, ushort.MaxValue);
}
