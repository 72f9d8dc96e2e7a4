namespace Stillwatch.Gateway.Responses;

/// <summary>One of the choices of a reply; its number may stand behind its probabilities.</summary>
internal sealed class LogprobChoice
{
    /// <summary>The number.</summary>
    public int Index { get; set; }
}
