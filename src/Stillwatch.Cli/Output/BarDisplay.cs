using System.Globalization;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Stillwatch.Cli.Output;

/// <summary>Progress for a terminal: one bar a phase, the finished ones stay.</summary>
internal sealed class BarDisplay(ProgressContext bars) : IWorkDisplay
{
    private readonly Lock _gate = new();
    private ProgressTask? _bar;
    private string? _phase;

    /// <summary>The columns of a row.</summary>
    public static ProgressColumn[] Columns =>
    [
        new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn(), new CountColumn(), new ElapsedTimeColumn(),
    ];

    public void Report(string phase, long done, long? total, string unit)
    {
        lock (_gate)
        {
            if (phase != _phase)
            {
                End();
                _phase = phase;
                _bar = bars.AddTask(Markup.Escape(phase));
            }

            _bar!.Description = Markup.Escape($"{phase}, {unit}");
            _bar.IsIndeterminate = total is null or 0;
            _bar.MaxValue = Math.Max(total ?? 0, Math.Max(done, 1));
            _bar.Value = done;
        }
    }

    /// <summary>Marks the last phase as finished.</summary>
    public void End()
    {
        lock (_gate)
        {
            if (_bar is not null)
            {
                _bar.IsIndeterminate = false;
                _bar.MaxValue = Math.Max(_bar.Value, 1);
                _bar.Value = _bar.MaxValue;
                _bar.StopTask();
            }
        }
    }

    private sealed class CountColumn : ProgressColumn
    {
        public override IRenderable Render(RenderOptions options, ProgressTask task, TimeSpan deltaTime) =>
            new Text(string.Create(CultureInfo.InvariantCulture, $"{task.Value:#,0}"));
    }
}
