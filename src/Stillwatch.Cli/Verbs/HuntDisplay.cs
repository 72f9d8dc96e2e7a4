using Stillwatch.Cli.Output;
using Stillwatch.Hunting;

namespace Stillwatch.Cli.Verbs;

/// <summary>Shows which stage a hunt is in.</summary>
internal sealed class HuntDisplay(IWorkDisplay display) : IProgress<HuntStage>
{
    private static readonly int Stages = Enum.GetValues<HuntStage>().Length;

    public void Report(HuntStage value) => display.Report("hunting", (int)value + 1, Stages, $"stages ({Name(value)})");

    private static string Name(HuntStage stage) => stage switch
    {
        HuntStage.RollingUp => "rolling up what is new",
        HuntStage.Profiling => "profiling accounts",
        HuntStage.Linking => "linking accounts",
        HuntStage.Grouping => "finding groups",
        HuntStage.Sampling => "reading members' sketches",
        HuntStage.Testing => "testing groups",
        _ => "explaining",
    };
}
