namespace Stillwatch.Gateway.Configuration;

/// <summary>How replies of a model that is asked by its API are marked.</summary>
public enum MarkingWay
{
    /// <summary>The model server is told to prefer green tokens (<c>logit_bias</c>).</summary>
    Bias,

    /// <summary>Several drafts are asked for, and one is chosen.</summary>
    Drafts,
}
