namespace Stillwatch.Architecture.Tests.Sample.Late;

public static class Tool
{
    public static readonly int Field = Environment.ProcessId;

    public static int Use() => Field;

    public static int Extend(this string text) => text.Length;
}
