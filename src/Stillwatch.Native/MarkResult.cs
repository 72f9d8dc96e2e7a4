namespace Stillwatch.Native;

/// <summary>What functions return; the numbers are those of the header.</summary>
internal enum MarkResult
{
    Done = 0,
    Null = 1,
    Handle = 2,
    Argument = 3,
    Logits = 4,
    File = 5,
    Internal = 6,
}
