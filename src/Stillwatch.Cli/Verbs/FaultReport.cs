using System.Globalization;
using Stillwatch.Cli.Output;
using Stillwatch.Interactions.Reading;

namespace Stillwatch.Cli.Verbs;

/// <summary>Tells what was wrong with the input: the first faults word for word, and how many there were.</summary>
internal static class FaultReport
{
    public static void Write(InputFaultsSnapshot faults, Terminal terminal)
    {
        Write(faults.Rejected, "rejected", terminal);
        Write(faults.Repaired, "kept without the member at fault, or with it cut", terminal);
    }

    private static void Write(InputFaultTally tally, string fate, Terminal terminal)
    {
        if (tally.Total == 0)
        {
            return;
        }

        foreach (var fault in tally.First)
        {
            terminal.Warn(fault.ToString());
        }

        var shown = tally.Total > tally.First.Length ? $" (the first {tally.First.Length} are shown)" : string.Empty;
        terminal.Warn(string.Create(CultureInfo.InvariantCulture, $"{tally.Total:#,0} records were {fate}{shown}."));
    }
}
