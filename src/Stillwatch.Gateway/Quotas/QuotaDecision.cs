using System.Diagnostics.CodeAnalysis;

namespace Stillwatch.Gateway.Quotas;

/// <summary>A reservation, or why there is none.</summary>
public readonly struct QuotaDecision
{
    internal QuotaDecision(QuotaReservation reservation) => Reservation = reservation;

    internal QuotaDecision(QuotaDenial denial) => Denial = denial;

    /// <summary>Granted; to be settled.</summary>
    public QuotaReservation? Reservation { get; }

    /// <summary>Why nothing was granted.</summary>
    public QuotaDenial? Denial { get; }

    /// <summary>Whether there is a reservation.</summary>
    [MemberNotNullWhen(true, nameof(Reservation))]
    [MemberNotNullWhen(false, nameof(Denial))]
    public bool IsGranted => Reservation is not null;
}
