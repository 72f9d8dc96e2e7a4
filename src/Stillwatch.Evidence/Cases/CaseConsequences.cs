using System.Text.Json.Nodes;

namespace Stillwatch.Evidence.Cases;

/// <summary>
/// What a step changes for campaigns and accounts: overrides that stand, or are lifted, under the same checkpoint as the step.
/// </summary>
internal sealed class CaseConsequences(CaseVault vault)
{
    /// <summary>The overrides of a step, as subjects and bodies.</summary>
    /// <param name="step">The step.</param>
    /// <param name="before">The case before it.</param>
    /// <param name="body">The body of the step.</param>
    public IEnumerable<(string Subject, JsonObject Body)> Of(CaseStep step, CaseState? before, JsonObject body)
    {
        var lifted = step is (CaseStep.Reopened or CaseStep.Decided or CaseStep.Confirmed) && before?.InForce is { } inForce
            ? Subjects(before, inForce.Entry.Body).Select(subject => (subject, new JsonObject { ["lifted"] = true }))
            : [];
        return lifted.Concat(step switch
        {
            CaseStep.Decided => Put(before!, body),
            CaseStep.Confirmed => Put(before!, before!.Decision!.Entry.Body),
            _ => [],
        });
    }

    private IEnumerable<(string Subject, JsonObject Body)> Put(CaseState state, JsonObject decision) =>
        Subjects(state, decision).Select(subject => (subject, new JsonObject { ["verdict"] = decision["verdict"]!.GetValue<string>() }));

    /// <summary>The campaign, if the decision is about all of it, else each account.</summary>
    private IEnumerable<string> Subjects(CaseState state, JsonObject decision) => decision["isWhole"]?.GetValue<bool>() == true
        ? [$"campaign/{state.Campaign}"]
        : vault.Get(state.Number, decision["content"]!.GetValue<string>()).Accounts.Select(account => $"{CaseBook.AccountPrefix}{account}");
}
