using System.Runtime.InteropServices;

namespace Stillwatch.Native;

/// <summary><c>stillwatch_mark_text</c>.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct MarkText
{
    public long* Tokens;
    public nuint Count;
    public nuint Prompt;
}
