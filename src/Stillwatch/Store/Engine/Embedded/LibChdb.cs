using System.Runtime.InteropServices;

namespace Stillwatch.Store.Engine.Embedded;

/// <summary>
/// The entry points of libchdb.so. A connection is a pointer to a pointer: closing takes the outer, queries the inner. Loaded once and
/// never unloaded: its threads outlive every connection.
/// </summary>
internal sealed unsafe class LibChdb
{
    private static readonly Lock Gate = new();

    /// <summary>int dladdr(const void *, Dl_info *): which library an address lies in.</summary>
    private static readonly delegate* unmanaged<nint, LibraryOfAddress*, int> FindLibrary =
        (delegate* unmanaged<nint, LibraryOfAddress*, int>)NativeLibrary.GetExport(NativeLibrary.GetMainProgramHandle(), "dladdr");

    private static LibChdb? _loaded;

    internal readonly delegate* unmanaged<int, byte**, nint*> Connect;
    internal readonly delegate* unmanaged<nint*, void> Close;
    internal readonly delegate* unmanaged<nint, byte*, nuint, byte*, nuint, nint> Query;
    internal readonly delegate* unmanaged<nint, byte*, nuint, byte*, nuint, nint> StreamQuery;
    internal readonly delegate* unmanaged<nint, nint, nint> StreamFetch;
    internal readonly delegate* unmanaged<nint, nint, void> StreamCancel;
    internal readonly delegate* unmanaged<nint, void> Destroy;
    internal readonly delegate* unmanaged<nint, byte*> Buffer;
    internal readonly delegate* unmanaged<nint, nuint> Length;
    internal readonly delegate* unmanaged<nint, byte*> Error;
    internal readonly delegate* unmanaged<nint, ulong> RowsWritten;

    private LibChdb(nint library)
    {
        Connect = (delegate* unmanaged<int, byte**, nint*>)NativeLibrary.GetExport(library, "chdb_connect");
        Close = (delegate* unmanaged<nint*, void>)NativeLibrary.GetExport(library, "chdb_close_conn");
        Query = (delegate* unmanaged<nint, byte*, nuint, byte*, nuint, nint>)NativeLibrary.GetExport(library, "chdb_query_n");
        StreamQuery = (delegate* unmanaged<nint, byte*, nuint, byte*, nuint, nint>)NativeLibrary.GetExport(library, "chdb_stream_query_n");
        StreamFetch = (delegate* unmanaged<nint, nint, nint>)NativeLibrary.GetExport(library, "chdb_stream_fetch_result");
        StreamCancel = (delegate* unmanaged<nint, nint, void>)NativeLibrary.GetExport(library, "chdb_stream_cancel_query");
        Destroy = (delegate* unmanaged<nint, void>)NativeLibrary.GetExport(library, "chdb_destroy_query_result");
        Buffer = (delegate* unmanaged<nint, byte*>)NativeLibrary.GetExport(library, "chdb_result_buffer");
        Length = (delegate* unmanaged<nint, nuint>)NativeLibrary.GetExport(library, "chdb_result_length");
        Error = (delegate* unmanaged<nint, byte*>)NativeLibrary.GetExport(library, "chdb_result_error");
        RowsWritten = (delegate* unmanaged<nint, ulong>)NativeLibrary.GetExport(library, "chdb_result_rows_written");
    }

    /// <summary>Whether an address lies in the library.</summary>
    internal bool Holds(nint address)
    {
        LibraryOfAddress other;
        LibraryOfAddress own;
        return FindLibrary(address, &other) != 0 && FindLibrary((nint)Connect, &own) != 0 && other.Base == own.Base;
    }

    /// <exception cref="StoreUnavailableException">The file is no libchdb this program can use.</exception>
    internal static LibChdb Load(string path)
    {
        lock (Gate)
        {
            return _loaded ??= LoadUnlocked(path);
        }
    }

    private static LibChdb LoadUnlocked(string path)
    {
        try
        {
            return new(NativeLibrary.Load(path));
        }
        catch (Exception e) when (e is DllNotFoundException or BadImageFormatException or EntryPointNotFoundException)
        {
            throw new StoreUnavailableException(
                $"The embedded engine '{path}' cannot be loaded ({e.Message.ReplaceLineEndings(" ")}); install it again with 'npm ci'.", e);
        }
    }

    /// <summary>glibc's Dl_info.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private readonly struct LibraryOfAddress
    {
        internal readonly nint FileName;
        internal readonly nint Base;
        internal readonly nint SymbolName;
        internal readonly nint SymbolAddress;
    }
}
