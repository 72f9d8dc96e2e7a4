using Stillwatch.Evidence.Decisions;

namespace Stillwatch.Gateway.Responses;

/// <summary>What is done about one account after findings, and why.</summary>
/// <param name="Action">What.</param>
/// <param name="Scope">Whose; null where the account's name is longer than a scope's may be.</param>
/// <param name="Account">The account.</param>
/// <param name="Rule">What is in force then; null for nothing.</param>
/// <param name="Why">A sentence.</param>
/// <param name="Entry">The entry that does it; null where nothing is done.</param>
public sealed record PlannedResponse(
    PlannedAction Action, ResponseScope? Scope, string Account, ResponseRule? Rule, string Why, DecisionEntry? Entry);
