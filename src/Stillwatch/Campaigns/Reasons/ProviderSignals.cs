namespace Stillwatch.Campaigns.Reasons;

/// <summary>The signs of distillation campaigns that providers of models and governments named in public, numbered.</summary>
/// <remarks>
/// S1 to S20: Anthropic, "Detecting and preventing distillation attacks", 23 February 2026, as MITRE ATLAS AML.CS0056 and reports give it.
/// S21: OpenAI, 12 February 2026. S22: Google Threat Intelligence Group, February 2026. S23: NSTM-4, 23 April 2026.
/// </remarks>
public static class ProviderSignals
{
    /// <summary>All of them, S1 first.</summary>
    public static IReadOnlyList<ProviderSignal> All { get; } =
    [
        new("S1", "IP addresses that correlate across accounts"),
        new("S2", "request metadata"),
        new("S3", "infrastructure indicators: proxies, networks, data centres, shared endpoints"),
        new("S4", "synchronised traffic"),
        new("S5", "identical patterns across accounts"),
        new("S6", "shared payment methods"),
        new("S7", "work split evenly over accounts, as by a load balancer"),
        new("S8", "volume concentrated on a narrow capability"),
        new("S9", "highly repetitive structure, templates"),
        new("S10", "content that maps to what is most valuable for training"),
        new("S11", "asking for the reasoning behind an answer, step by step"),
        new("S12", "grading by rubrics, the model used as a reward model"),
        new("S13", "rewriting queries so that they pass censorship"),
        new("S14", "reconstruction of reasoning traces"),
        new("S15", "pivot to a new model within 24 hours, in step across accounts"),
        new("S16", "campaign traffic mixed with unrelated traffic"),
        new("S17", "many ways of access: API, cloud resellers, consumer, education and research programmes"),
        new("S18", "life cycle of accounts: bursts of creation, replacement after bans"),
        new("S19", "metadata that matches known persons or organizations"),
        new("S20", "corroboration from partners"),
        new("S21", "obfuscated third-party routers that mask the source; programmatic access"),
        new("S22", "prompts in many languages that coerce reasoning traces"),
        new("S23", "proxy accounts by the tens of thousands"),
    ];

    /// <summary>The signs of these numbers.</summary>
    /// <param name="numbers">1 to 23 each.</param>
    internal static IReadOnlyList<ProviderSignal> Of(params ReadOnlySpan<int> numbers)
    {
        var signals = new ProviderSignal[numbers.Length];
        for (var i = 0; i < signals.Length; i++)
        {
            signals[i] = All[numbers[i] - 1];
        }

        return signals;
    }
}
