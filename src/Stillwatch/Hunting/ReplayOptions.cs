namespace Stillwatch.Hunting;

/// <summary>How a replay is run.</summary>
public sealed class ReplayOptions
{
    /// <summary>Event time between two hunts. Default one hour; at least one minute.</summary>
    public TimeSpan Every { get; init; } = TimeSpan.FromHours(1);

    /// <summary>How each hunt is run; pictures are not drawn.</summary>
    public HuntOptions Hunt { get; init; } = new();
}
