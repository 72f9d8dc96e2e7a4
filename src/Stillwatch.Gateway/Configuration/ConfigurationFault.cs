namespace Stillwatch.Gateway.Configuration;

/// <summary>One thing that is wrong with a configuration.</summary>
/// <param name="File">The file.</param>
/// <param name="Line">The line, from 1; 0 where it is the whole file.</param>
/// <param name="Member">The path of the member, such as <c>upstreams.main.url</c>; empty where it is the whole file.</param>
/// <param name="Message">What is wrong, and what is accepted.</param>
public sealed record ConfigurationFault(string File, int Line, string Member, string Message)
{
    /// <summary>The fault in one line.</summary>
    public override string ToString() =>
        (Line > 0 ? $"{File}:{Line}: " : $"{File}: ") + (Member.Length > 0 ? $"{Member}: {Message}" : Message);
}
