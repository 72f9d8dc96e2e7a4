using Stillwatch.Benchmarks.Detection.Commands;
using Stillwatch.Benchmarks.Provenance.Lineage;
using Stillwatch.Benchmarks.Provenance.Null;
using Stillwatch.Benchmarks.Provenance.Power;
using Stillwatch.Benchmarks.Provenance.Speed;

try
{
    return args switch
    {
        ["null", .. var rest] => NullCommand.Run(rest),
        ["speed", .. var rest] => SpeedCommand.Run(rest),
        ["power", .. var rest] => PowerCommand.Run(rest),
        ["neutralisation", .. var rest] => NeutralisationCommand.Run(rest),
        ["tracing", .. var rest] => TracingCommand.Run(rest),
        ["lineage", .. var rest] => LineageCommand.Run(rest),
        _ => Usage(),
    };
}
catch (UnusableException fault)
{
    Console.Error.WriteLine(fault.Message);
    return 2;
}

static int Usage()
{
    Console.Error.WriteLine(
        """
        Marks and lineage; each command prints a table, the published statistics beside ours.

          null TEXT [--keys N] [--tokens N]    false positives over random keys on a text (plain or .gz) that no key marked
          speed [--tokens N] [--python PATH]   detection and marking on one core; PATH: a Python with PyTorch, the rival
          power TEXT [--tokens N] [--runs N]   evidence from an n-gram student by the share of marked training data, closed and open
                --model transformer            the same from transformers; --keep FOLDER keeps them; --shares LIST, --training N, --degree N
          neutralisation TEXT [--width N]      what is left of the evidence after watermark neutralisation, as published and set right
          tracing TEXT [--customers N]         which customer's outputs a student was trained on, among many
          lineage FOLDER                       teachers of the models in shared/data/lineage, without marks
        """);
    return 2;
}
