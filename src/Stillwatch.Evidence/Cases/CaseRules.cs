namespace Stillwatch.Evidence.Cases;

/// <summary>
/// Which step is possible when, and for whom: the same rules when a step is taken, when the log is folded, when it is verified.
/// </summary>
internal static class CaseRules
{
    /// <summary>How the system signs its steps.</summary>
    public const string System = "stillwatch";

    /// <summary>Why a step is impossible; null if it is possible.</summary>
    /// <param name="number">The case.</param>
    /// <param name="state">How it stands; null if it was never opened.</param>
    /// <param name="step">The step.</param>
    /// <param name="actor">Who takes it: a person's pseudonym, or <see cref="System"/>.</param>
    public static string? Fault(int number, CaseState? state, CaseStep step, string actor)
    {
        if (state is null || step == CaseStep.Opened)
        {
            return state is null == (step == CaseStep.Opened) ? null
                : state is null ? $"There is no case {number}." : $"Case {number} is open already.";
        }

        return state.Status == CaseStatus.Deleted && step != CaseStep.Disclosed
            ? $"The content of case {number} was deleted; nothing can be added to it."
            : FaultOf(state, step, actor);
    }

    private static string? FaultOf(CaseState state, CaseStep step, string actor) => (step, state.Status) switch
    {
        (CaseStep.Proposed or CaseStep.Decided, CaseStatus.Decided) =>
            $"Case {state.Number} is decided: reopen it, or appeal, before it is decided anew.",
        (CaseStep.Proposed or CaseStep.Decided, CaseStatus.Proposed) =>
            $"Case {state.Number} has a decision that waits for a second person: confirm it, or reopen the case.",
        (CaseStep.Proposed or CaseStep.Decided, CaseStatus.Appealed) when state.Deciders.Contains(actor) =>
            $"The appeal in case {state.Number} has to be decided by somebody who did not take part in the decision.",
        (CaseStep.Proposed, _) when actor == System =>
            "The system cannot propose: it decides where the policy lets it, or leaves it to people.",
        (CaseStep.Confirmed, CaseStatus.Proposed) when state.Deciders.Contains(actor) =>
            $"The decision in case {state.Number} has to be confirmed by another person than the one who proposed it.",
        (CaseStep.Confirmed, CaseStatus.Proposed) => actor == System ? "The system cannot confirm a decision." : null,
        (CaseStep.Confirmed, _) => $"Case {state.Number} has no decision that waits for a second person.",
        (CaseStep.Reopened, CaseStatus.Open) => $"Case {state.Number} is open.",
        (CaseStep.Reopened, CaseStatus.Appealed) => $"Case {state.Number} is under appeal: decide the appeal.",
        (CaseStep.Appealed, CaseStatus.Appealed) => $"Case {state.Number} is under appeal already.",
        (CaseStep.Appealed, not CaseStatus.Decided) => $"Case {state.Number} has no decision in force that could be appealed.",
        _ => null,
    };
}
