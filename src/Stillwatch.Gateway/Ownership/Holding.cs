namespace Stillwatch.Gateway.Ownership;

/// <summary>One party's direct holding in another.</summary>
/// <param name="Owner">Who holds.</param>
/// <param name="Owned">What is held.</param>
/// <param name="BasisPoints">
/// The share in hundredths of a per cent, 0 to 10,000, rounded to the nearest; null if it is not known how large it is.
/// </param>
public readonly record struct Holding(string Owner, string Owned, int? BasisPoints)
{
    /// <summary>The whole.</summary>
    public const int Whole = 10_000;
}
