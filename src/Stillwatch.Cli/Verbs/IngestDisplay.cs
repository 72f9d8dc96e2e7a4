using Stillwatch.Cli.Output;
using Stillwatch.Store;

namespace Stillwatch.Cli.Verbs;

/// <summary>Shows how far an ingest is: by bytes where all lengths are known, by interactions otherwise.</summary>
internal sealed class IngestDisplay(IWorkDisplay display) : IProgress<IngestSnapshot>
{
    private const string Phase = "reading logs";
    private const long Megabyte = 1_000_000;

    public void Report(IngestSnapshot value)
    {
        if (value.TotalBytes is { } total)
        {
            display.Report(Phase, value.Bytes / Megabyte, Math.Max(total / Megabyte, 1), "MB");
        }
        else
        {
            display.Report(Phase, value.Interactions, null, "interactions");
        }
    }
}
