using Stillwatch.Gateway.Admission;

namespace Stillwatch.Gateway.Marking;

/// <summary>How one reply is marked.</summary>
/// <param name="Note">What is noted: which way, and the id of the key.</param>
/// <param name="Body">The body that is sent; null where the reply is not marked after all.</param>
/// <param name="Drafts">What chooses among the drafts of the reply; null where the model server marks.</param>
internal sealed record PlannedMark(DecisionNote Note, byte[]? Body, DraftReply? Drafts);
