using System.Collections.Concurrent;

namespace Stillwatch.Native;

/// <summary>Handles: numbers that are never given twice, so that a stale one is noticed. Thread-safe.</summary>
internal static class OpenMarks
{
    /// <summary>A host has a key for each cohort that it serves, not for each request: more is a leak.</summary>
    private const int Most = 4096;

    private static readonly ConcurrentDictionary<ulong, OpenMark> Marks = new();

    private static long _last;

    public static ulong Add(OpenMark mark)
    {
        if (Marks.Count >= Most)
        {
            mark.Dispose();
            throw new MarkFault(MarkResult.Argument, $"{Most} handles are open: close some");
        }

        var handle = (ulong)Interlocked.Increment(ref _last);
        Marks[handle] = mark;
        return handle;
    }

    public static void Close(ulong handle)
    {
        using var mark = Marks.TryRemove(handle, out var found) ? found : throw Unknown();
    }

    /// <summary>Uses a key, which stays open meanwhile whoever closes it.</summary>
    public static TResult Use<TResult>(ulong handle, Func<OpenMark, TResult> use)
    {
        var mark = Marks.TryGetValue(handle, out var found) ? found : throw Unknown();
        var isHeld = false;
        try
        {
            mark.DangerousAddRef(ref isHeld);
            return use(mark);
        }
        catch (ObjectDisposedException) when (!isHeld)
        {
            throw Unknown();
        }
        finally
        {
            if (isHeld)
            {
                mark.DangerousRelease();
            }
        }
    }

    private static MarkFault Unknown() => new(MarkResult.Handle, "no such handle is open");
}
