using System.Collections.Concurrent;
using Stillwatch.Evidence.Decisions;
using Stillwatch.Gateway.Admission;
using Stillwatch.Gateway.Configuration;
using Stillwatch.Gateway.Dialects;

namespace Stillwatch.Gateway.Responses;

/// <summary>The responses in force: a fold over the log, looked up by each request. Thread-safe.</summary>
/// <param name="time">Clock: a response ends by it.</param>
public sealed class GraduatedResponses(TimeProvider time)
{
    /// <summary>How long a request waits that is slowed.</summary>
    public static readonly TimeSpan Wait = TimeSpan.FromSeconds(5);

    /// <summary>How many wait at once; more are told to come again, so that a harvest cannot fill the gateway by waiting.</summary>
    public const int MaxWaiting = 256;

    private static readonly Refusal Blocked = new(RefusalReason.PolicyDenied, "This account may not use the service at present.");

    private static readonly Refusal Challenged = new(
        RefusalReason.ChallengeRequired,
        "This account has to be verified before it can go on. Nothing was charged. Contact the operator, and give the id of this request.");

    private const string By = "response";

    private readonly Lock _gate = new();
    private readonly HashSet<string> _ids = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<ResponseScope, ResponseRule> _rules = [];

    /// <summary>How many rules there are, so that a request asks for no more while there are none.</summary>
    private volatile int _count;
    private volatile ResponseOptions _options = new();
    private int _waiting;

    /// <summary>Whom nothing touches, and what the steps do; may be replaced while requests are decided.</summary>
    public ResponseOptions Options
    {
        get => _options;
        set => _options = value;
    }

    /// <summary>All that has not ended, in the order of their names.</summary>
    public IReadOnlyList<ResponseRule> Active
    {
        get
        {
            var now = time.GetUtcNow();
            return [.. _rules.Values.Where(rule => rule.Until > now).OrderBy(static rule => rule.Name, StringComparer.Ordinal)];
        }
    }

    /// <summary>Takes the next entry of the log; of one scope the latest counts. Others than of responses say nothing.</summary>
    public void Apply(DecisionEntry entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        lock (_gate)
        {
            if (!ResponseRule.TryRead(entry, out var scope, out var rule) || !_ids.Add(entry.Id))
            {
                return;
            }

            if (rule is null)
            {
                _rules.TryRemove(scope, out _);
            }
            else
            {
                _rules[scope] = rule;
            }

            _count = _rules.Count;
        }
    }

    /// <summary>What is done about a request. Hot path: nothing but a look at a count while there are no responses.</summary>
    public ResponseDecision Decide(AdmittedRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        var (enforced, shadow) = _count == 0 || IsExempt(request) ? default : Find(_rules, request);
        if (enforced is null && shadow is null)
        {
            return default;
        }

        var removes = enforced is { Step: ResponseStep.Reduce } && ProbabilityRemoval.Applies(request.Facts);
        List<DecisionNote> notes = [];
        if (enforced is not null && (removes || enforced.Step is not ResponseStep.Reduce))
        {
            notes.Add(new(By, enforced.StepName, [enforced.Name]));
        }

        if (shadow is not null && (shadow.Step is not ResponseStep.Reduce || ProbabilityRemoval.Applies(request.Facts)))
        {
            notes.Add(new(By, $"would_{shadow.StepName}", [shadow.Name]));
        }

        var refusal = enforced?.Step switch
        {
            ResponseStep.Block => Blocked,
            ResponseStep.Challenge => Challenged,
            _ => null,
        };
        return new(refusal, enforced is { Step: ResponseStep.Slow }, removes, notes.Count == 0 ? null : notes);
    }

    /// <summary>Waits as long as a slowed request has to.</summary>
    /// <returns>Null to go on; otherwise too many wait, and the client comes again.</returns>
    public async ValueTask<Refusal?> WaitAsync(CancellationToken cancellationToken)
    {
        try
        {
            if (Interlocked.Increment(ref _waiting) > MaxWaiting)
            {
                return new(RefusalReason.RateLimited, "Too many requests at once; come again later.") { RetryAfter = Wait };
            }

            await Task.Delay(Wait, time, cancellationToken).ConfigureAwait(false);
            return null;
        }
        finally
        {
            Interlocked.Decrement(ref _waiting);
        }
    }

    private bool IsExempt(AdmittedRequest request)
    {
        var exempt = _options.Policy.Exempt;
        return exempt.Count > 0
            && (exempt.Contains(new(ResponseScopeKind.Key, request.Key.Id))
                || exempt.Contains(new(ResponseScopeKind.Account, request.Key.Account))
                || exempt.Contains(new(ResponseScopeKind.Organisation, request.Key.Organization ?? "")));
    }

    /// <summary>The harshest response that is enforced, and the harshest in shadow if that is harsher.</summary>
    private static (ResponseRule? Enforced, ResponseRule? Shadow) Find(
        ConcurrentDictionary<ResponseScope, ResponseRule> rules, AdmittedRequest request)
    {
        (ResponseRule? Enforced, ResponseRule? Shadow) found = default;
        Take(rules, new(ResponseScopeKind.Key, request.Key.Id), request.ArrivedAt, ref found);
        Take(rules, new(ResponseScopeKind.Account, request.Key.Account), request.ArrivedAt, ref found);
        Take(rules, new(ResponseScopeKind.Organisation, request.Key.Organization ?? ""), request.ArrivedAt, ref found);
        Take(rules, new(ResponseScopeKind.Model, request.Facts.Model), request.ArrivedAt, ref found);
        Take(rules, new(ResponseScopeKind.Region, request.Region), request.ArrivedAt, ref found);
        return found.Enforced is { } enforced && found.Shadow is { } shadow && shadow.Step <= enforced.Step ? (enforced, null) : found;
    }

    private static void Take(
        ConcurrentDictionary<ResponseScope, ResponseRule> rules,
        ResponseScope scope,
        DateTimeOffset now,
        ref (ResponseRule? Enforced, ResponseRule? Shadow) found)
    {
        if (!rules.TryGetValue(scope, out var rule) || rule.Until <= now)
        {
            return;
        }

        if (rule.IsShadow)
        {
            found.Shadow = found.Shadow is { } other && other.Step >= rule.Step ? other : rule;
        }
        else
        {
            found.Enforced = found.Enforced is { } other && other.Step >= rule.Step ? other : rule;
        }
    }
}
