using System.Runtime.InteropServices;
using System.Text;

namespace Stillwatch.Native.Tests;

/// <summary>The published library's functions, called as C calls them.</summary>
internal static unsafe class MarkLibrary
{
    private static readonly Lazy<nint> Loaded = new(static () => NativeLibrary.Load(PublishedLibrary.Path));

    public static int Abi() => ((delegate* unmanaged[Cdecl]<int>)Export("abi"))();

    public static int OpenKey(byte* key, nuint bytes, MarkOptions* options, ulong* mark) =>
        ((delegate* unmanaged[Cdecl]<byte*, nuint, MarkOptions*, ulong*, int>)Export("open_key"))(key, bytes, options, mark);

    public static int OpenFile(byte* path, MarkOptions* options, ulong* mark) =>
        ((delegate* unmanaged[Cdecl]<byte*, MarkOptions*, ulong*, int>)Export("open_file"))(path, options, mark);

    public static int Close(ulong mark) => ((delegate* unmanaged[Cdecl]<ulong, int>)Export("close"))(mark);

    public static int Id(ulong mark, byte* buffer, nuint bytes) =>
        ((delegate* unmanaged[Cdecl]<ulong, byte*, nuint, int>)Export("id"))(mark, buffer, bytes);

    public static int Process(ulong mark, MarkText* text, float* logits, nuint count, float temperature, int* marked) =>
        ((delegate* unmanaged[Cdecl]<ulong, MarkText*, float*, nuint, float, int*, int>)Export("process"))(
            mark, text, logits, count, temperature, marked);

    public static int Sample(ulong mark, MarkText* text, float* logits, nuint count, float temperature, ulong random, int* token) =>
        ((delegate* unmanaged[Cdecl]<ulong, MarkText*, float*, nuint, float, ulong, int*, int>)Export("sample"))(
            mark, text, logits, count, temperature, random, token);

    public static int Colours(ulong mark, MarkText* text, byte* bits, nuint bytes, int* marked) =>
        ((delegate* unmanaged[Cdecl]<ulong, MarkText*, byte*, nuint, int*, int>)Export("colours"))(mark, text, bits, bytes, marked);

    public static string LastError()
    {
        var buffer = stackalloc byte[1024];
        var length = ((delegate* unmanaged[Cdecl]<byte*, nuint, nuint>)Export("last_error"))(buffer, 1024);
        return Encoding.UTF8.GetString(buffer, (int)Math.Min(length, 1023));
    }

    public static MarkOptions Options(int width, int vocabulary, double bias = 0) =>
        new() { Size = (uint)sizeof(MarkOptions), ContextWidth = width, Vocabulary = vocabulary, Bias = bias };

    public static ulong Open(byte[] key, MarkOptions options)
    {
        ulong mark;
        fixed (byte* bytes = key)
        {
            Assert.Equal(0, OpenKey(bytes, (nuint)key.Length, &options, &mark));
        }

        return mark;
    }

    private static void* Export(string name) => (void*)NativeLibrary.GetExport(Loaded.Value, $"stillwatch_mark_{name}");
}
