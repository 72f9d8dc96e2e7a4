using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;

namespace Stillwatch.Native;

/// <summary>The functions of <c>include/stillwatch_mark.h</c>, which says what they do. No exception leaves one.</summary>
internal static unsafe class MarkExports
{
    private const int Abi = 1;

    [ThreadStatic]
    private static byte[]? _lastError;

    [UnmanagedCallersOnly(EntryPoint = "stillwatch_mark_abi", CallConvs = [typeof(CallConvCdecl)])]
    public static int AbiVersion() => Abi;

    [UnmanagedCallersOnly(EntryPoint = "stillwatch_mark_open_key", CallConvs = [typeof(CallConvCdecl)])]
    public static int OpenKey(byte* key, nuint bytes, MarkOptions* options, ulong* mark) => (int)Guard(() =>
    {
        Need(key, options, mark);
        *mark = 0;
        *mark = OpenMarks.Add(MarkKeys.Open(new(key, Length(bytes, "key_bytes")), *options));
    });

    [UnmanagedCallersOnly(EntryPoint = "stillwatch_mark_open_file", CallConvs = [typeof(CallConvCdecl)])]
    public static int OpenFile(byte* path, MarkOptions* options, ulong* mark) => (int)Guard(() =>
    {
        Need(path, options, mark);
        *mark = 0;
        *mark = OpenMarks.Add(MarkKeys.OpenFile(path, *options));
    });

    [UnmanagedCallersOnly(EntryPoint = "stillwatch_mark_close", CallConvs = [typeof(CallConvCdecl)])]
    public static int Close(ulong mark) => (int)Guard(() => OpenMarks.Close(mark));

    [UnmanagedCallersOnly(EntryPoint = "stillwatch_mark_id", CallConvs = [typeof(CallConvCdecl)])]
    public static int Id(ulong mark, byte* buffer, nuint bytes) => (int)Guard(() =>
    {
        Need(buffer);
        var id = OpenMarks.Use(mark, static open => open.Id);
        if (bytes <= (nuint)id.Length)
        {
            throw new MarkFault(MarkResult.Argument, $"buffer_bytes has to be more than {id.Length}");
        }

        Write(Encoding.ASCII.GetBytes(id), buffer, bytes);
    });

    [UnmanagedCallersOnly(EntryPoint = "stillwatch_mark_process", CallConvs = [typeof(CallConvCdecl)])]
    public static int Process(ulong mark, MarkText* text, float* logits, nuint count, float temperature, int* marked) => (int)Guard(() =>
    {
        Need(text);
        Need(logits);
        var isMarked = OpenMarks.Use(mark, open => open.Process(
            Tokens(*text), Prompt(*text), new(logits, Logits(open, count)), Temperature(temperature)));
        Say(marked, isMarked);
    });

    [UnmanagedCallersOnly(EntryPoint = "stillwatch_mark_sample", CallConvs = [typeof(CallConvCdecl)])]
    public static int Sample(ulong mark, MarkText* text, float* logits, nuint count, float temperature, ulong random, int* token) =>
        (int)Guard(() =>
        {
            Need(text, logits, token);
            *token = OpenMarks.Use(mark, open => open.Sample(
                Tokens(*text), Prompt(*text), new(logits, Logits(open, count)), (Temperature(temperature), random)));
        });

    [UnmanagedCallersOnly(EntryPoint = "stillwatch_mark_colours", CallConvs = [typeof(CallConvCdecl)])]
    public static int Colours(ulong mark, MarkText* text, byte* bits, nuint bytes, int* marked) => (int)Guard(() =>
    {
        Need(text);
        Need(bits);
        Say(marked, OpenMarks.Use(mark, open => open.Colour(Tokens(*text), Prompt(*text), new(bits, Bytes(open, bytes)))));
    });

    [UnmanagedCallersOnly(EntryPoint = "stillwatch_mark_last_error", CallConvs = [typeof(CallConvCdecl)])]
    public static nuint LastError(byte* buffer, nuint bytes)
    {
        var text = _lastError ?? [];
        if (buffer is not null && bytes > 0)
        {
            Write(text, buffer, bytes);
        }

        return (nuint)text.Length;
    }

    private static MarkResult Guard(Action work)
    {
        var (result, text) = (MarkResult.Done, string.Empty);
        try
        {
            work();
            return result;
        }
        catch (MarkFault fault)
        {
            (result, text) = (fault.Result, fault.Message);
        }
        catch (ArgumentException fault) when (fault.ParamName == "logits")
        {
            (result, text) = (MarkResult.Logits, "no logit is finite, or one is not a number or positive infinity");
        }
#pragma warning disable CA1031 // Nothing may cross the boundary: the host would end.
        catch (Exception fault)
#pragma warning restore CA1031
        {
            (result, text) = (MarkResult.Internal, $"{fault.GetType().Name}: {fault.Message}");
        }

        _lastError = Encoding.UTF8.GetBytes(text);
        return result;
    }

    private static void Need(void* pointer)
    {
        if (pointer is null)
        {
            throw new MarkFault(MarkResult.Null, "a pointer that may not be null is");
        }
    }

    private static void Need(void* first, void* second, void* third)
    {
        Need(first);
        Need(second);
        Need(third);
    }

    private static ReadOnlySpan<long> Tokens(in MarkText text)
    {
        if (text.Tokens is null && text.Count > 0)
        {
            throw new MarkFault(MarkResult.Null, "tokens is null, and count is not 0");
        }

        return new(text.Tokens, Length(text.Count, "count"));
    }

    private static int Prompt(in MarkText text) => text.Prompt <= text.Count
        ? Length(text.Prompt, "prompt")
        : throw new MarkFault(MarkResult.Argument, "prompt is more than count");

    private static int Logits(OpenMark open, nuint count) => count == (nuint)open.Vocabulary
        ? open.Vocabulary
        : throw new MarkFault(MarkResult.Argument, $"logits_count is {count}, and the vocabulary {open.Vocabulary}");

    private static int Bytes(OpenMark open, nuint bytes)
    {
        var needed = (open.Vocabulary + 7) / 8;
        return bytes >= (nuint)needed ? needed : throw new MarkFault(MarkResult.Argument, $"bits_bytes has to be at least {needed}");
    }

    private static float Temperature(float temperature) => temperature > 0 && float.IsFinite(temperature)
        ? temperature
        : throw new MarkFault(MarkResult.Argument, "temperature is not above 0");

    private static int Length(nuint count, string what) => count <= int.MaxValue
        ? (int)count
        : throw new MarkFault(MarkResult.Argument, $"{what} is more than {int.MaxValue}");

    private static void Say(int* marked, bool isMarked)
    {
        if (marked is not null)
        {
            *marked = isMarked ? 1 : 0;
        }
    }

    private static void Write(ReadOnlySpan<byte> text, byte* buffer, nuint bytes)
    {
        var length = (int)Math.Min((nuint)text.Length, bytes - 1);
        text[..length].CopyTo(new Span<byte>(buffer, length));
        buffer[length] = 0;
    }
}
