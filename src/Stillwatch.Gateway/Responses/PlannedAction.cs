namespace Stillwatch.Gateway.Responses;

/// <summary>What is done about one account after findings.</summary>
public enum PlannedAction
{
    /// <summary>A response begins, or becomes another.</summary>
    Set,

    /// <summary>A response lasts longer.</summary>
    Renew,

    /// <summary>A response ends before its time.</summary>
    Lift,

    /// <summary>Nothing.</summary>
    Leave,
}
