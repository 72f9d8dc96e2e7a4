using System.Buffers;
using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Stillwatch.Benchmarks.Evidence;

/// <summary>A rival: PostgreSQL over its own client library, one statement a batch, with an array of all entries as its argument.</summary>
internal sealed class PostgresAppender : BatchedAppender
{
    private const string Library = "libpq.so.5";
    private const int ConnectionOk = 0;
    private const int CommandOk = 1;
    private const int Binary = 1;
    private const uint ByteaType = 17;
    private const uint ByteaArrayType = 1001;

    private readonly nint _connection;
    private readonly string _insert;

    public PostgresAppender(PostgresServer server, string table)
    {
        _connection = Connect(Address(server.Port));
        Require(Status(_connection) == ConnectionOk);
        Check(Execute(_connection, $"CREATE TABLE {table} (number BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY, entry BYTEA NOT NULL)"));
        _insert = $"INSERT INTO {table} (entry) SELECT unnest($1)";
        Begin();
    }

    public static bool CanConnect(int port)
    {
        var connection = Connect(Address(port));
        var status = Status(connection);
        Finish(connection);
        return status == ConnectionOk;
    }

    protected override void Commit(IReadOnlyList<byte[]> entries)
    {
        var array = Encode(entries);
        var pinned = GCHandle.Alloc(array, GCHandleType.Pinned);
        try
        {
            Check(Execute(
                _connection, _insert, 1, [ByteaArrayType], [pinned.AddrOfPinnedObject()], [array.Length], [Binary], Binary));
        }
        finally
        {
            pinned.Free();
        }
    }

    protected override void Close() => Finish(_connection);

    /// <summary>The binary form of an array of one dimension without nulls.</summary>
    private static byte[] Encode(IReadOnlyList<byte[]> entries)
    {
        var array = new ArrayBufferWriter<byte>();
        foreach (var word in (ReadOnlySpan<uint>)[1, 0, ByteaType, (uint)entries.Count, 1])
        {
            Write(array, word);
        }

        foreach (var entry in entries)
        {
            Write(array, (uint)entry.Length);
            array.Write(entry);
        }

        return array.WrittenSpan.ToArray();
    }

    private static void Write(ArrayBufferWriter<byte> array, uint word)
    {
        BinaryPrimitives.WriteUInt32BigEndian(array.GetSpan(sizeof(uint)), word);
        array.Advance(sizeof(uint));
    }

    private static string Address(int port) => $"host=127.0.0.1 port={port} user=postgres dbname=postgres";

    private static void Check(nint result)
    {
        var status = ResultStatus(result);
        Clear(result);
        Require(status == CommandOk);
    }

    private static void Require(bool condition) => Ingest.IngestBenchmark.Require(condition, "PostgreSQL failed");

    [DllImport(Library, EntryPoint = "PQconnectdb")]
    private static extern nint Connect([MarshalAs(UnmanagedType.LPUTF8Str)] string address);

    [DllImport(Library, EntryPoint = "PQstatus")]
    private static extern int Status(nint connection);

    [DllImport(Library, EntryPoint = "PQexec")]
    private static extern nint Execute(nint connection, [MarshalAs(UnmanagedType.LPUTF8Str)] string sql);

    [DllImport(Library, EntryPoint = "PQexecParams")]
    private static extern nint Execute(
        nint connection,
        [MarshalAs(UnmanagedType.LPUTF8Str)] string sql,
        int count,
        uint[] types,
        nint[] values,
        int[] lengths,
        int[] formats,
        int resultFormat);

    [DllImport(Library, EntryPoint = "PQresultStatus")]
    private static extern int ResultStatus(nint result);

    [DllImport(Library, EntryPoint = "PQclear")]
    private static extern void Clear(nint result);

    [DllImport(Library, EntryPoint = "PQfinish")]
    private static extern void Finish(nint connection);
}
