using Stillwatch.Evidence.Signing;
using Stillwatch.Gateway.Admission;
using Stillwatch.Gateway.Configuration;
using Stillwatch.Gateway.Decisions;
using Stillwatch.Gateway.Metering;
using Stillwatch.Gateway.Observation;
using Stillwatch.Gateway.Policies.Switches;
using Stillwatch.Gateway.Quotas;
using Stillwatch.Gateway.Quotas.Ledger;
using Stillwatch.Gateway.Responses;

namespace Stillwatch.Gateway.Hosting;

/// <summary>What outlives a reload of the configuration: the ledger of quotas, the switches, the decisions that are followed.</summary>
internal sealed class GatewayControls : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly PolicyRecord? _record;
    private readonly DecisionFollower? _follower;
    private readonly MeteredReservations? _metered;
    private readonly ObservedLog _observed;
    private readonly Task _keeping;

    private GatewayControls(GatewayOptions options, GatewayParts parts, GatewayLog log)
    {
        _observed = new(parts.Time);
        if (options.Decisions is { } decisions)
        {
            Switches = new(parts.Time);
            _record = new(decisions, parts.Time);
            using var key = SigningKeyFile.Read(decisions.Key);
            Responses = new(parts.Time) { Options = options.Responses, Noise = LogprobNoise.Of(key) };
            _follower = new(decisions.Log, key.VerifierKey, Apply, log.DecisionsUnreadable);
        }

        Ledger = options.Quotas is { } quotas ? QuotaLedger.Open(quotas.Journal, quotas.Limits, parts.Time) : null;
        _metered = Ledger is null && Switches is null ? null : new(Ledger, Switches, options.Quotas, parts.Time);
        Reservations = parts.Reservations ?? (IReservations?)_metered ?? new Unmetered();
        _keeping = Ledger?.RunAsync(_stop.Token) ?? Task.CompletedTask;
    }

    /// <summary>Sets aside what a request may come to use.</summary>
    public IReservations Reservations { get; }

    /// <summary>The counts of the limits; null where there are none.</summary>
    public QuotaLedger? Ledger { get; }

    /// <summary>The kill switches; null where no log of decisions is followed.</summary>
    public KillSwitches? Switches { get; }

    /// <summary>The graduated responses; null where no log of decisions is followed.</summary>
    public GraduatedResponses? Responses { get; }

    /// <summary>What more is recorded of a request; null for nothing.</summary>
    public ObservedRequest? Observe(AdmittedRequest request, in ResponseDecision response, ReadOnlyMemory<byte> body) =>
        response.Observes && Responses?.Options.Observe is { } observe && ObservedLog.Chooses(request.Id, observe.Share)
            ? new(_observed, observe, request, body)
            : null;

    /// <summary>Opens all; what is about to be enforced is recorded first.</summary>
    /// <exception cref="InvalidDataException">The log or the ledger is damaged.</exception>
    /// <exception cref="IOException">The ledger is in use, or the log takes nothing.</exception>
    public static async Task<GatewayControls> StartAsync(
        GatewayOptions options, GatewayParts parts, GatewayLog log, CancellationToken cancellationToken)
    {
        var controls = new GatewayControls(options, parts, log);
        try
        {
            await controls.RecordAsync(options, cancellationToken).ConfigureAwait(false);
            controls._follower?.Start(parts.Time);
            return controls;
        }
        catch
        {
            await controls.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Records what is about to be enforced.</summary>
    /// <exception cref="IOException">The log takes nothing.</exception>
    /// <exception cref="InvalidDataException">The log, or its key, cannot be used.</exception>
    public Task RecordAsync(GatewayOptions options, CancellationToken cancellationToken) =>
        _record?.RecordAsync(options, cancellationToken) ?? Task.CompletedTask;

    /// <summary>Takes limits, assumptions and what responses do of a configuration that was read again.</summary>
    public void Apply(GatewayOptions options)
    {
        if (Responses is not null)
        {
            Responses.Options = options.Responses;
        }

        if (_metered is not null && Ledger is not null)
        {
            Ledger.Limits = options.Quotas?.Limits ?? QuotaLimits.Create();
            _metered.Options = options.Quotas;
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _follower?.Dispose();
        await _stop.CancelAsync().ConfigureAwait(false);
        await _keeping.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        Ledger?.Dispose();
        _stop.Dispose();
    }

    private void Apply(Evidence.Decisions.DecisionEntry entry)
    {
        Switches!.Apply(entry);
        Responses!.Apply(entry);
        _record!.Apply(entry);
    }
}
