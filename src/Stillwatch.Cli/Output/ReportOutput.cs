using System.Text;
using Spectre.Console;

namespace Stillwatch.Cli.Output;

/// <summary>A report's destination as the table library sees it.</summary>
internal sealed class ReportOutput(TextWriter writer, int width, bool isTerminal) : IAnsiConsoleOutput
{
    public TextWriter Writer => writer;

    public bool IsTerminal => isTerminal;

    public int Width => width;

    public int Height => int.MaxValue;

    public void SetEncoding(Encoding encoding)
    {
    }
}
