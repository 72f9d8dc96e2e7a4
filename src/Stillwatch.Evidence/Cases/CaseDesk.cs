using System.Globalization;
using System.Text.Json.Nodes;
using Stillwatch.Campaigns;
using Stillwatch.Evidence.Decisions;
using Stillwatch.Evidence.Disclosures;
using Stillwatch.Evidence.Signing;
using Stillwatch.Evidence.TransparencyLog;
using Stillwatch.Interactions;

namespace Stillwatch.Evidence.Cases;

/// <summary>Takes steps in cases: checks that a step is possible, keeps what it says, and appends it to the log.</summary>
/// <remarks>
/// The log is locked from the check to the append, so no two steps meet. Content is on the disk before the entry that names it; a step
/// has been taken once its entry is durable, and not before. Not thread-safe.
/// </remarks>
public sealed class CaseDesk : IAsyncDisposable
{
    /// <summary>Accounts of a decision about some accounts only: each gets an entry of its own under the same checkpoint.</summary>
    public const int MaxNamedAccounts = 4096;

    private readonly LogWriter _log;
    private readonly CaseBook _book;
    private readonly CaseVault _vault;
    private readonly Pseudonyms _pseudonyms;
    private readonly TimeProvider _time;

    private CaseDesk(LogWriter log, CaseBook book, CaseVault vault, TimeProvider time)
    {
        (_log, _book, _vault, _time) = (log, book, vault, time);
        _pseudonyms = Pseudonyms.OpenOrCreate(vault.PseudonymKeyPath);
    }

    /// <summary>The cases as they stand.</summary>
    public CaseBook Book => _book;

    /// <summary>The pseudonyms of accounts and persons.</summary>
    public Pseudonyms Pseudonyms => _pseudonyms;

    /// <summary>
    /// Opens the log for writing, folds it, and completes deletions that a killed process had logged but not carried out.
    /// </summary>
    /// <exception cref="InvalidDataException">There is no log, it is not this key's, or it is damaged.</exception>
    /// <exception cref="IOException">Another process writes to the log.</exception>
    public static async Task<CaseDesk> OpenAsync(
        string logDirectory, NoteSigningKey key, CaseVault vault, TimeProvider time, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(key);
        ArgumentNullException.ThrowIfNull(vault);
        var log = await LogWriter.OpenWaitingAsync(logDirectory, key, cancellation: cancellation).ConfigureAwait(false);
        try
        {
            var book = new CaseLog(logDirectory).ReadAndKeep(key, cancellation);
            foreach (var deleted in book.Cases.Values.Where(state => state.Status == CaseStatus.Deleted))
            {
                vault.Destroy(deleted.Number);
            }

            var desk = new CaseDesk(log, book, vault, time);
            book.Erased.ToList().ForEach(desk._pseudonyms.Forget);
            return desk;
        }
        catch
        {
            await log.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Opens a case over one campaign.</summary>
    /// <param name="findings">What a hunt found.</param>
    /// <param name="campaign">The campaign's name in it.</param>
    /// <param name="parameters">What the findings were made with, and the SHA-256 of their file.</param>
    /// <param name="actor">Who opens it.</param>
    /// <param name="cancellation">Ends the wait before the append.</param>
    public async Task<CaseOutcome> OpenCaseAsync(
        Findings findings, string campaign, CaseParameters parameters, CaseActor actor, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        if (_book.Cases.Values.FirstOrDefault(state => state.Campaign == campaign && state.FindingsDigest == parameters.FindingsDigest
            && state.Status != CaseStatus.Deleted) is { } there)
        {
            return new(there.Number, there.Entries[0].Index, there.Status, null) { WasThere = true };
        }

        var (excerpt, names) = CaseExcerpt.Of(findings, campaign, _pseudonyms);
        var json = JsonNode.Parse(await CaseExcerpt.WriteAsync(excerpt, cancellation).ConfigureAwait(false))!;
        var content = CaseContent.Findings(json, parameters.ToJson());
        var kept = CaseContent.Names(names, _pseudonyms);
        var number = _book.Cases.Keys.DefaultIfEmpty().Max() + 1;
        _vault.CreateKey(number);
        _vault.Put(number, content);
        _vault.Put(number, kept);
        var body = new JsonObject
        {
            ["campaign"] = campaign,
            ["findings"] = parameters.FindingsDigest,
            ["accounts"] = excerpt.Campaigns[0].Accounts.Count,
            ["content"] = content.Digest,
            ["names"] = kept.Digest,
        };
        return await TakeAsync(number, CaseStep.Opened, actor, body, cancellation).ConfigureAwait(false);
    }

    /// <summary>Writes something down in a case.</summary>
    public Task<CaseOutcome> NoteAsync(int number, CaseActor actor, string text, CancellationToken cancellation = default) =>
        SayAsync(number, CaseStep.Noted, actor, text, cancellation);

    /// <summary>Confirms a proposed decision, which is in force from then on.</summary>
    public Task<CaseOutcome> ConfirmAsync(int number, CaseActor actor, string reason, CancellationToken cancellation = default) =>
        SayAsync(number, CaseStep.Confirmed, actor, reason, cancellation);

    /// <summary>Takes a decision or a proposal back.</summary>
    public Task<CaseOutcome> ReopenAsync(int number, CaseActor actor, string reason, CancellationToken cancellation = default) =>
        SayAsync(number, CaseStep.Reopened, actor, reason, cancellation);

    /// <summary>Records that a decision is contested, and why. It stays in force until somebody else has decided anew.</summary>
    public Task<CaseOutcome> AppealAsync(int number, CaseActor actor, string reason, CancellationToken cancellation = default) =>
        SayAsync(number, CaseStep.Appealed, actor, reason, cancellation);

    /// <summary>Decides, or proposes where the policy or the decision asks for a second person.</summary>
    public async Task<CaseOutcome> DecideAsync(
        int number, CaseActor actor, CaseDecision decision, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(decision);
        var authority = _book.Policy.For(decision.Verdict);
        var step = authority == CaseAuthority.TwoPeople || decision.FourEyes ? CaseStep.Proposed : CaseStep.Decided;
        if (actor.IsSystem && authority != CaseAuthority.Alone)
        {
            return Refuse(number, $"The policy does not let the system decide on '{CasePolicy.NameOf(decision.Verdict)}' alone.");
        }

        if (Fault(number, step, actor) is { } fault && !IsRepetition(number, step, actor))
        {
            return Refuse(number, fault);
        }

        var names = Names(number);
        var accounts = AccountsOf(decision, names);
        var content = CaseContent.Text(actor.Name, names.Replace(decision.Reason), accounts);
        var body = new JsonObject
        {
            ["verdict"] = CasePolicy.NameOf(decision.Verdict),
            ["accounts"] = accounts.Count,
            ["isWhole"] = decision.Accounts.Count == 0,
            ["findings"] = _book.Find(number).FindingsDigest,
            ["policy"] = _book.Policy.Digest,
        };
        return await TakeAsync(number, step, actor, body, content, cancellation).ConfigureAwait(false);
    }

    /// <summary>Puts a policy in force.</summary>
    public async Task<CaseOutcome> SetPolicyAsync(CasePolicy policy, CaseActor actor, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(policy);
        if (actor.IsSystem)
        {
            return Refuse(0, "Only a person changes the policy.");
        }

        if (policy.Digest == _book.Policy.Digest)
        {
            return Refuse(0, "This policy is in force already.");
        }

        var entry = Entry(EntryKind.PolicyChange, CasePolicy.Subject, actor, new() { ["policy"] = policy.ToJson() });
        return new(0, await AppendAsync([entry], cancellation).ConfigureAwait(false), CaseStatus.Open, null);
    }

    /// <summary>Deletes the content of a case: the deletion is logged, then the key is destroyed.</summary>
    public async Task<CaseOutcome> DeleteAsync(int number, CaseActor actor, string reason, CancellationToken cancellation = default)
    {
        var body = new JsonObject { ["what"] = "the key to the content of the case", ["reason"] = reason };
        var outcome = await TakeAsync(number, CaseStep.Deleted, actor, body, cancellation).ConfigureAwait(false);
        if (outcome.Refusal is null)
        {
            _vault.Destroy(number);
        }

        return outcome;
    }

    /// <summary>
    /// Erases one account from all cases: the deletion is logged, then what its pseudonym could be traced back with is destroyed. Cases,
    /// log and dossiers stand as they are, about somebody whom nobody can name.
    /// </summary>
    public async Task<CaseOutcome> EraseAsync(
        AccountId account, CaseActor actor, string reason, CancellationToken cancellation = default)
    {
        if (_pseudonyms.Find(account) is not { } pseudonym)
        {
            return Refuse(0, "No case knows this account.");
        }

        var open = new SubjectAccess(_book, _vault, _pseudonyms).CasesOf(account).Select(_book.Find)
            .FirstOrDefault(state => state.Status != CaseStatus.Decided);
        if (open is not null)
        {
            return Refuse(open.Number, $"Case {open.Number} is {open.Status.ToString().ToLowerInvariant()}: decide it first.");
        }

        var body = new JsonObject { ["what"] = "the link of the account to its pseudonym", ["reason"] = reason };
        var entry = Entry(EntryKind.Deletion, $"{CaseBook.AccountPrefix}{pseudonym}", actor, body);
        var index = await AppendAsync([entry], cancellation).ConfigureAwait(false);
        _pseudonyms.Forget(pseudonym);
        return new(0, index, CaseStatus.Deleted, null);
    }

    /// <summary>Records that something of a case is about to be given out.</summary>
    /// <param name="number">The case.</param>
    /// <param name="actor">Who gives it.</param>
    /// <param name="disclosure">To whom, and what.</param>
    /// <param name="cancellation">Ends the wait before the append.</param>
    public Task<CaseOutcome> DiscloseAsync(
        int number, CaseActor actor, Disclosure disclosure, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(disclosure);
        return TakeAsync(number, CaseStep.Disclosed, actor, disclosure.ToBody(), cancellation);
    }

    /// <summary>The accounts of a case with their pseudonyms.</summary>
    /// <exception cref="InvalidDataException">The content was deleted.</exception>
    public AccountNames Names(int number) => new CaseReading(_vault, _pseudonyms).Names(_book.Find(number));

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _log.DisposeAsync();

    private static CaseOutcome Refuse(int number, string why) => new(number, null, CaseStatus.Open, why);

    private static List<string> AccountsOf(CaseDecision decision, AccountNames names)
    {
        if (decision.Accounts.Count > MaxNamedAccounts)
        {
            throw new InvalidDataException($"A decision names at most {MaxNamedAccounts} accounts; without any it is about all.");
        }

        return decision.Accounts.Count == 0
            ? [.. names.All]
            : [.. decision.Accounts.Select(account => names.PseudonymOf(account)
                ?? throw new InvalidDataException($"The case has no account '{account}'.")).Distinct().Order(StringComparer.Ordinal)];
    }

    private async Task<CaseOutcome> SayAsync(
        int number, CaseStep step, CaseActor actor, string text, CancellationToken cancellation)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(text);
        return Fault(number, step, actor) is { } fault && !IsRepetition(number, step, actor)
            ? Refuse(number, fault)
            : await TakeAsync(number, step, actor, [], CaseContent.Text(actor.Name, Names(number).Replace(text)), cancellation)
                .ConfigureAwait(false);
    }

    private string? Fault(int number, CaseStep step, CaseActor actor) =>
        CaseRules.Fault(number, _book.Cases.GetValueOrDefault(number), step, actor.PseudonymIn(_pseudonyms));

    /// <summary>Whether the latest entry may be this step, whose acknowledgement was lost; its content decides.</summary>
    private bool IsRepetition(int number, CaseStep step, CaseActor actor) =>
        _book.Cases.GetValueOrDefault(number) is { Status: not CaseStatus.Deleted, Latest: var latest }
        && latest.Step == step && latest.Entry.Actor == actor.PseudonymIn(_pseudonyms);

    /// <summary>Takes a step that says something; one that the latest entry has recorded is not recorded again.</summary>
    private async Task<CaseOutcome> TakeAsync(
        int number, CaseStep step, CaseActor actor, JsonObject body, CaseContent content, CancellationToken cancellation)
    {
        var state = _book.Find(number);
        if (IsRepetition(number, step, actor) && state.Latest.Content is { } digest && _vault.Get(number, digest).Says(content)
            && body.All(member => JsonNode.DeepEquals(member.Value, state.Latest.Entry.Body[member.Key])))
        {
            return new(number, state.Latest.Index, state.Status, null) { WasThere = true };
        }

        if (Fault(number, step, actor) is { } fault)
        {
            return Refuse(number, fault);
        }

        _vault.Put(number, content);
        body["content"] = content.Digest;
        return await TakeAsync(number, step, actor, body, cancellation).ConfigureAwait(false);
    }

    private async Task<CaseOutcome> TakeAsync(
        int number, CaseStep step, CaseActor actor, JsonObject body, CancellationToken cancellation)
    {
        if (Fault(number, step, actor) is { } fault)
        {
            return Refuse(number, fault);
        }

        var kind = step switch
        {
            CaseStep.Noted => EntryKind.CaseNote,
            CaseStep.Deleted => EntryKind.Deletion,
            CaseStep.Disclosed => EntryKind.Disclosure,
            _ => EntryKind.CaseStep,
        };
        if (kind == EntryKind.CaseStep)
        {
            body["step"] = CaseEntry.NameOf(step);
        }

        var entry = Entry(kind, CaseEntry.SubjectOf(number), actor, body);
        var consequences = new CaseConsequences(_vault).Of(step, _book.Cases.GetValueOrDefault(number), body)
            .Select((pair, place) => Entry(EntryKind.Override, pair.Subject, actor, pair.Body, place + 1));
        var index = await AppendAsync([entry, .. consequences], cancellation).ConfigureAwait(false);
        return new(number, index, _book.Find(number).Status, null);
    }

    private DecisionEntry Entry(EntryKind kind, string subject, CaseActor actor, JsonObject body, int place = 0) => DecisionEntry.Create(
        string.Create(CultureInfo.InvariantCulture, $"cases/{_log.Size + (ulong)place}"),
        kind,
        subject,
        actor.PseudonymIn(_pseudonyms),
        _time.GetUtcNow(),
        body);

    private async Task<ulong> AppendAsync(IReadOnlyList<DecisionEntry> entries, CancellationToken cancellation)
    {
        var first = await _log.AppendAsync([.. entries.Select(entry => entry.Bytes)], cancellation).ConfigureAwait(false);

        // Whoever is told of a decision must be able to read it.
        await _log.PublishAsync().ConfigureAwait(false);
        foreach (var (place, entry) in entries.Index())
        {
            _book.Apply(first + (ulong)place, entry.Bytes);
        }

        return first;
    }
}
