using System.Runtime.InteropServices;

namespace Stillwatch.Native;

/// <summary><c>stillwatch_mark_options</c>.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct MarkOptions
{
    public uint Size;
    public int ContextWidth;
    public int Vocabulary;
    public int Epoch;
    public double Bias;
    public byte* Tenant;
    public byte* Cohort;
}
