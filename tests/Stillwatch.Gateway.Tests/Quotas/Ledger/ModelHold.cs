using Stillwatch.Gateway.Quotas;

namespace Stillwatch.Gateway.Tests.Quotas.Ledger;

/// <summary>An open reservation of the model.</summary>
internal sealed class ModelHold(QuotaRequest request, long output, long now)
{
    public QuotaSubject Subject { get; } = request.Subject;

    public ModelPrice Price { get; } = request.Price;

    public long Input { get; } = request.InputTokens;

    public long Output { get; set; } = output;

    public long Emitted { get; set; }

    /// <summary>When it was last heard of.</summary>
    public long Heard { get; set; } = now;

    /// <summary>When spending was last told, as the reservation reckons.</summary>
    public long PushedAt { get; set; } = now;

    public Dictionary<string, long> Needs { get; } = [];

    public Dictionary<string, long> Charged { get; } = [];

    public long Held(string count) => Needs.GetValueOrDefault(count) - Charged.GetValueOrDefault(count);
}
