namespace Stillwatch.Simulation.Scenarios;

/// <summary>Which mail domains a campaign registers with.</summary>
public enum CampaignMail
{
    /// <summary>Those of the large providers.</summary>
    Provider,

    /// <summary>A few domains of its own.</summary>
    Own,

    /// <summary>Disposable ones.</summary>
    Disposable,
}
