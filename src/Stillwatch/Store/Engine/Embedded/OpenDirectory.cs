using System.Diagnostics;
using System.Globalization;

namespace Stillwatch.Store.Engine.Embedded;

/// <summary>
/// The directory this process has open. libchdb serves one directory a process at a time; engines on the same directory share it, with one
/// session for each statement that runs. The last engine that goes closes it, and then another can be opened.
/// </summary>
internal sealed class OpenDirectory : IDisposable
{
    /// <summary>Statements and open results at one time; further ones wait.</summary>
    internal const int MaxSessions = 64;

    private static readonly Lock Gate = new();
    private static readonly TimeSpan ExitPatience = TimeSpan.FromSeconds(10);
    private static OpenDirectory? _open;
    private static bool _exitWatched;

    private readonly string _path;
    private readonly LibChdb _library;
    private readonly string[] _arguments;
    private readonly SemaphoreSlim _slots = new(MaxSessions);
    private readonly Stack<ChdbConnection> _idle = new();
    private readonly HashSet<ChdbConnection> _leased = [];
    private readonly ChdbConnection _control;
    private int _users;

    private OpenDirectory(string path, LibChdb library, EngineOptions options)
    {
        (_path, _library) = (path, library);
        _arguments = Arguments(path, options);
        _control = Connect();
        try
        {
            _control.Execute(new($"CREATE DATABASE IF NOT EXISTS {SqlIdentifier.Of(StoreAddress.DefaultDatabase)}"), NoSettings);
        }
        catch
        {
            _control.Dispose();
            throw;
        }
    }

    private static Dictionary<string, string> NoSettings { get; } = [];

    /// <summary>Opens the directory, or joins those who have it open.</summary>
    /// <exception cref="StoreUnavailableException">It cannot be opened; says why.</exception>
    internal static OpenDirectory Acquire(string path, EngineOptions options)
    {
        lock (Gate)
        {
            if (_open is { } open && open._path != path)
            {
                throw new StoreUnavailableException(
                    $"The store '{path}' cannot be opened while this process has '{open._path}' open, results included: " +
                    "the embedded engine serves one directory at a time; close that one first, or use a ClickHouse server.");
            }

            _open ??= OpenUnlocked(path, options);
            _open._users++;
            return _open;
        }
    }

    /// <summary>Leaves the directory; the last one closes it, or the last result that is still read.</summary>
    public void Dispose()
    {
        lock (Gate)
        {
            _users--;
            CloseIfUnused();
        }
    }

    /// <summary>A session for one statement; to be returned.</summary>
    internal async Task<ChdbConnection> LeaseAsync(CancellationToken cancellationToken)
    {
        await _slots.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            lock (Gate)
            {
                ObjectDisposedException.ThrowIf(_open != this, typeof(ClickHouseEngine));
                var connection = _idle.Count > 0 ? _idle.Pop() : ConnectToDatabase();
                _leased.Add(connection);
                return connection;
            }
        }
        catch
        {
            _slots.Release();
            throw;
        }
    }

    internal void Return(ChdbConnection connection)
    {
        lock (Gate)
        {
            _leased.Remove(connection);
            _idle.Push(connection);
            _slots.Release();
            CloseIfUnused();
        }
    }

    /// <summary>
    /// Tells the engine to stop the statements that begin with the text. Never fails: a statement already over needs no stop.
    /// </summary>
    internal void Kill(string beginning)
    {
        try
        {
            _control.Execute(new(Sql.Format($"KILL QUERY WHERE startsWith(query, {beginning}) ASYNC").Text), NoSettings);
        }
        catch (Exception e) when (e is ClickHouseException or ObjectDisposedException)
        {
            Debug.WriteLine(e);
        }
    }

    private static OpenDirectory OpenUnlocked(string path, EngineOptions options)
    {
        var library = LibChdb.Load(EngineLibrary.Find(AppContext.BaseDirectory, options.Environment));
        StoreDirectory.Prepare(path);
        if (!_exitWatched)
        {
            AppDomain.CurrentDomain.ProcessExit += static (_, _) => CloseAtExit();
            _exitWatched = true;
        }

        return new(path, library, options);
    }

    /// <summary>
    /// Closes what is open before the process ends: the engine's threads crash when its static objects go under them. Statements that still
    /// run are stopped first, as closing waits for them.
    /// </summary>
    private static void CloseAtExit()
    {
        var closing = Task.Run(static () =>
        {
            lock (Gate)
            {
                _open?.Kill(MarkedStatement.AnyMarker);
                _open?.CloseSessions();
                _open = null;
            }
        });
        if (!closing.Wait(ExitPatience))
        {
            ProcessEnd.Immediately(Environment.ExitCode);
        }
    }

    private static string[] Arguments(string path, EngineOptions options)
    {
        // Unless a configuration file is named, libchdb reads config.xml of the working directory, or the user's; an absent one is none.
        string[] arguments = ["stillwatch", $"--path={path}", $"--config-file={Path.Combine(path, "absent.xml")}"];
        return options.MaxEmbeddedMemoryBytes == 0
            ? arguments
            : [.. arguments, string.Create(CultureInfo.InvariantCulture, $"--max_server_memory_usage={options.MaxEmbeddedMemoryBytes}")];
    }

    private ChdbConnection ConnectToDatabase()
    {
        var connection = Connect();
        try
        {
            connection.Execute(new($"USE {SqlIdentifier.Of(StoreAddress.DefaultDatabase)}"), NoSettings);
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    private ChdbConnection Connect()
    {
        if (ChdbConnection.Open(_library, _arguments) is { } connection)
        {
            return connection;
        }

        StoreDirectory.ThrowIfInUse(_path);
        throw new StoreUnavailableException(
            $"The embedded engine cannot open the store '{_path}'; the line it wrote to the standard error output says why.");
    }

    private void CloseIfUnused()
    {
        if (_users == 0 && _leased.Count == 0 && _open == this)
        {
            CloseSessions();
            _open = null;
        }
    }

    private void CloseSessions()
    {
        foreach (var connection in _idle.Concat(_leased))
        {
            connection.Dispose();
        }

        _idle.Clear();
        _control.Dispose();
    }
}
