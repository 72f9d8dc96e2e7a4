using Stillwatch.Campaigns;

namespace Stillwatch.Reporting;

/// <summary>How a piece of text stands out on a terminal: the parameters of one ANSI SGR sequence (ECMA-48).</summary>
internal readonly record struct Ink(string Parameters)
{
    public static Ink Plain => default;

    public static Ink Strong => new("1");

    public static Ink Faint => new("2");

    public static Ink Of(Verdict verdict) => verdict switch
    {
        Verdict.Block => new("1;31"),
        Verdict.Restrict => new("33"),
        _ => new("36"),
    };

    public string Around(string text) => Parameters is null ? text : $"\e[{Parameters}m{text}\e[0m";
}
