namespace Stillwatch.Evaluation;

/// <summary>What an account of benchmark data really is.</summary>
public enum AccountLabel
{
    /// <summary>Acts for itself.</summary>
    Benign = 0,

    /// <summary>Acts for a campaign.</summary>
    Campaign = 1,
}
