using System.Runtime.InteropServices;

namespace Stillwatch.Benchmarks.Evidence;

/// <summary>A rival: SQLite with a write-ahead log and synchronous = FULL.</summary>
internal sealed class SqliteAppender : BatchedAppender
{
    private const string Library = "libsqlite3.so.0";
    private const int Done = 101;

    private readonly nint _database;
    private readonly nint _insert;

    public SqliteAppender(string path)
    {
        Check(Open(path, out _database));
        Execute("PRAGMA journal_mode = WAL");
        Execute("PRAGMA synchronous = FULL");
        Execute("CREATE TABLE entries (number INTEGER PRIMARY KEY, entry BLOB NOT NULL)");
        Check(Prepare(_database, "INSERT INTO entries (entry) VALUES (?)", -1, out _insert, 0));
        Begin();
    }

    protected override void Commit(IReadOnlyList<byte[]> entries)
    {
        Execute("BEGIN");
        foreach (var entry in entries)
        {
            Insert(entry);
        }

        Execute("COMMIT");
    }

    protected override void Close()
    {
        Check(Finalize(_insert));
        Check(CloseDatabase(_database));
    }

    private void Insert(byte[] entry)
    {
        Check(Bind(_insert, 1, entry, entry.Length, -1));
        Require(Step(_insert) == Done);
        Check(Reset(_insert));
    }

    private void Execute(string sql) => Check(Exec(_database, sql, 0, 0, 0));

    private static void Check(int status) => Require(status == 0);

    private static void Require(bool condition) => Ingest.IngestBenchmark.Require(condition, "SQLite failed");

    [DllImport(Library, EntryPoint = "sqlite3_open")]
    private static extern int Open([MarshalAs(UnmanagedType.LPUTF8Str)] string path, out nint database);

    [DllImport(Library, EntryPoint = "sqlite3_close")]
    private static extern int CloseDatabase(nint database);

    [DllImport(Library, EntryPoint = "sqlite3_exec")]
    private static extern int Exec(nint database, [MarshalAs(UnmanagedType.LPUTF8Str)] string sql, nint callback, nint state, nint error);

    [DllImport(Library, EntryPoint = "sqlite3_prepare_v2")]
    private static extern int Prepare(
        nint database, [MarshalAs(UnmanagedType.LPUTF8Str)] string sql, int length, out nint statement, nint tail);

    [DllImport(Library, EntryPoint = "sqlite3_bind_blob")]
    private static extern int Bind(nint statement, int index, byte[] value, int length, nint copies);

    [DllImport(Library, EntryPoint = "sqlite3_step")]
    private static extern int Step(nint statement);

    [DllImport(Library, EntryPoint = "sqlite3_reset")]
    private static extern int Reset(nint statement);

    [DllImport(Library, EntryPoint = "sqlite3_finalize")]
    private static extern int Finalize(nint statement);
}
