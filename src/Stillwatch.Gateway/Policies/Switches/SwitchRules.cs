namespace Stillwatch.Gateway.Policies.Switches;

/// <summary>Which step is possible when, and for whom: the same rules when a step is taken and when the log is folded.</summary>
internal static class SwitchRules
{
    /// <summary>Why a step is impossible; null if it is possible.</summary>
    public static string? Fault(SwitchSnapshot state, SwitchStep step, string actor)
    {
        var name = state.Scope.Subject;
        return (step, state.Phase) switch
        {
            (SwitchStep.Proposed, SwitchPhase.Off) or (SwitchStep.LiftProposed, SwitchPhase.On) => null,
            (SwitchStep.Proposed, SwitchPhase.DryRun) => $"{name} is proposed already: confirm or withdraw it.",
            (SwitchStep.Proposed, _) => $"{name} is on already.",
            (SwitchStep.LiftProposed, _) => $"{name} is not on, or its lifting is proposed already.",
            (SwitchStep.Confirmed, SwitchPhase.DryRun) or (SwitchStep.Lifted, SwitchPhase.LiftProposed) => state.Proposer == actor
                ? $"{name} was proposed by {actor}: a second person has to confirm."
                : null,
            (SwitchStep.Confirmed, _) => $"{name} was not proposed: propose it first, which is its dry run.",
            (SwitchStep.Lifted, _) => $"Lifting {name} was not proposed.",
            _ => state.Proposer is null ? $"Nothing about {name} waits for a second person." : null,
        };
    }

    /// <summary>How a switch stands after a possible step.</summary>
    public static SwitchSnapshot After(SwitchSnapshot state, SwitchStep step, string actor, DateTimeOffset? until) => step switch
    {
        SwitchStep.Proposed => state with { Phase = SwitchPhase.DryRun, Proposer = actor, Until = until },
        SwitchStep.Confirmed => state with { Phase = SwitchPhase.On, Proposer = null },
        SwitchStep.LiftProposed => state with { Phase = SwitchPhase.LiftProposed, Proposer = actor },
        SwitchStep.Withdrawn when state.Phase == SwitchPhase.LiftProposed => state with { Phase = SwitchPhase.On, Proposer = null },
        _ => state with { Phase = SwitchPhase.Off, Proposer = null, Until = null },
    };
}
