using Stillwatch.Gateway.Dialects;

namespace Stillwatch.Gateway.Admission;

/// <summary>A reservation, or why there is none; one of the two.</summary>
/// <param name="Reservation">What was set aside; whoever gets it settles it, exactly once.</param>
/// <param name="Refusal">What the client is told.</param>
/// <param name="Note">What is to be noted of a refusal that is the operator's decision; null of one that only limits the rate.</param>
public readonly record struct ReservationOutcome(IReservation? Reservation, Refusal? Refusal, DecisionNote? Note = null);
