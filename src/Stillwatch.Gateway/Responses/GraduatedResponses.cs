using System.Collections.Concurrent;
using System.Text.Json.Nodes;
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

    private readonly Lock _gate = new();
    private readonly HashSet<string> _ids = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<ResponseScope, ResponseRule> _rules = [];
    private readonly ConcurrentDictionary<(string Subject, string Commitment), bool> _commitments = [];

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

    /// <summary>What probabilities are perturbed with; without it they are taken away instead.</summary>
    public LogprobNoise? Noise { get; init; }

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
            if (entry.Kind is EntryKind.KeyCommitment && entry.Body["commitment"] is JsonValue value
                && value.TryGetValue<string>(out var commitment))
            {
                _commitments[(entry.Subject, commitment)] = true;
            }

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

    /// <summary>Whether the log holds a commitment.</summary>
    public bool IsCommitted(string subject, string commitment) => _commitments.ContainsKey((subject, commitment));

    /// <summary>What is done about a request. Hot path: nothing but a look at a count while there are no responses.</summary>
    /// <param name="request">The request.</param>
    /// <param name="body">Its body; empty where it is not read.</param>
    public ResponseDecision Decide(AdmittedRequest request, ReadOnlySpan<byte> body = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        var (enforced, shadow) = _count == 0 || IsExempt(request) ? default : Find(_rules, request);
        if (enforced is null && shadow is null)
        {
            return default;
        }

        List<DecisionNote> notes = [];
        var (reduction, trap) = (Reduce(enforced, request, body), Trap(enforced, request, body));
        var (would, wouldTrap) = (Reduce(shadow, request, body), Trap(shadow, request, body));
        Note(notes, enforced, reduction, trap);
        Note(notes, shadow, would, wouldTrap);

        var refusal = enforced?.Step switch
        {
            ResponseStep.Block => Blocked,
            ResponseStep.Challenge => Challenged,
            _ => null,
        };
        return new(refusal, enforced, reduction, would, notes.Count == 0 ? null : notes) { Trap = trap };
    }

    /// <summary>What is noted of a response.</summary>
    internal static DecisionNote NoteOf(ResponseRule rule) => new("response", EffectOf(rule), [rule.Name]);

    /// <summary>What notes say that a response does, or would do.</summary>
    public static string EffectOf(ResponseRule rule)
    {
        ArgumentNullException.ThrowIfNull(rule);
        return rule.IsShadow ? $"would_{rule.StepName}" : rule.StepName;
    }

    /// <summary>What takes something away of the request alone is noted only if it did; of the reply that is known later.</summary>
    private static void Note(List<DecisionNote> notes, ResponseRule? rule, Reduction? reduction, TrapAnswer? trap)
    {
        if (rule is not null && trap is not null)
        {
            var note = NoteOf(rule);
            notes.Add(note with { Reasons = [.. note.Reasons, trap.Name] });
        }
        else if (rule is not null && (reduction is null or { IsCertain: true }))
        {
            notes.Add(NoteOf(rule));
        }
    }

    private Reduction? Reduce(ResponseRule? rule, AdmittedRequest request, ReadOnlySpan<byte> body) =>
        rule is { Step: ResponseStep.Reduce or ResponseStep.Perturb or ResponseStep.Canary }
            ? Reduction.Of(rule, request, body, _options.Reduce, Noise)
            : null;

    /// <summary>The answer to a cue of a book whose commitment the log holds; books that it does not hold are not served from.</summary>
    private TrapAnswer? Trap(ResponseRule? rule, AdmittedRequest request, ReadOnlySpan<byte> body)
    {
        if (rule is not { Step: ResponseStep.Canary } || _options.Canaries.Count == 0
            || request.Endpoint is ApiEndpoint.Embeddings or ApiEndpoint.CountTokens or ApiEndpoint.PassThrough
            || LastQuestion.Of(body, request.Facts) is not { } question)
        {
            return null;
        }

        foreach (var book in _options.Canaries)
        {
            if (_commitments.ContainsKey((book.Subject, book.Commitment)) && book.Answer(question) is { } answer)
            {
                return answer;
            }
        }

        return null;
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
