using System.Runtime.InteropServices;
using Stillwatch.Gateway.Configuration;
using Stillwatch.Gateway.Observation;

namespace Stillwatch.Gateway.Hosting;

/// <summary>Reads the configuration again when its files change or SIGHUP comes; what cannot be used changes nothing.</summary>
/// <remarks>
/// Files are looked at every second: links that are switched, as in container volumes, give no events that could be relied on.
/// </remarks>
internal sealed class ConfigurationWatcher : IDisposable
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(1);

    private readonly string _path;
    private readonly GatewayState _state;
    private readonly GatewayControls _controls;
    private readonly GatewayMetrics _metrics;
    private readonly GatewayLog _log;
    private readonly ITimer _timer;
    private readonly PosixSignalRegistration _signal;
    private readonly Lock _gate = new();
    private IReadOnlyList<string> _further;
    private (DateTime, long)[] _seen;

    public ConfigurationWatcher(
        string path, GatewayState state, GatewayControls controls, GatewayMetrics metrics, TimeProvider time, GatewayLog log)
    {
        (_path, _state, _controls, _metrics, _log) = (path, state, controls, metrics, log);
        _further = state.Current.Options.FurtherFiles;
        _seen = Look();
        _timer = time.CreateTimer(_ => Check(force: false), null, Every, Every);
        _signal = PosixSignalRegistration.Create(PosixSignal.SIGHUP, context =>
        {
            context.Cancel = true;
            Check(force: true);
        });
    }

    /// <summary>Reads the files again if they changed, or in any case.</summary>
    public void Check(bool force)
    {
        lock (_gate)
        {
            var now = Look();
            if (force || !now.SequenceEqual(_seen))
            {
                // Where the files it names have changed, the next look differs once more: nothing written meanwhile is missed.
                _seen = now;
                Reload();
            }
        }
    }

    public void Dispose()
    {
        _timer.Dispose();
        _signal.Dispose();
    }

    private (DateTime, long)[] Look()
    {
        var options = _state.Current.Options;
        var secrets = options.Upstreams.Values.Select(static upstream => upstream.KeyFile).OfType<string>();
        return [.. new[] { _path, options.KeysFile }.Concat(secrets).Concat(_further).Select(Look)];
    }

    private static (DateTime, long) Look(string path)
    {
        var file = new FileInfo(path);
        return file.Exists ? (file.LastWriteTimeUtc, file.Length) : default;
    }

    private void Reload()
    {
        var faults = TryReload();
        _metrics.Reload(faults is null);
        if (faults is not null)
        {
            _log.ReloadRefused(faults);
        }
    }

    /// <summary>Puts the configuration in use; what is wrong with it, if anything.</summary>
    private string? TryReload()
    {
        try
        {
            var (options, faults, files) = ConfigurationFile.Read(_path);
            _further = files;
            if (options is null)
            {
                return string.Join(Environment.NewLine, faults);
            }

            var before = _state.Current;
            var snapshot = GatewaySnapshot.Create(options, before);

            // Nothing is enforced that is not in the log; the wait for it holds up nobody but the next reload.
            _controls.RecordAsync(options, CancellationToken.None).GetAwaiter().GetResult();
            _state.Replace(snapshot);
            _controls.Apply(options);
            _log.Reloaded(options.Models.Count, options.Upstreams.Count, _state.Current.Keys.Keys.Count);
            if (Changed(before.Options, options) is { Length: > 0 } members)
            {
                _log.NeedsRestart(members);
            }

            return null;
        }
        catch (Exception unusable) when (unusable is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            return unusable.Message;
        }
    }

    private static string Changed(GatewayOptions before, GatewayOptions after)
    {
        var changed = new List<string>();
        void Note(bool isSame, string member) => changed.AddRange(isSame ? [] : [member]);

        Note(before.Listeners.SequenceEqual(after.Listeners), "listeners");
        Note(Equals(before.Admin, after.Admin), "admin");
        Note(before.Observation == after.Observation, "observation");
        Note(before.Quotas?.Journal == after.Quotas?.Journal, "quotas.journal");
        Note(before.Telemetry == after.Telemetry, "telemetry");
        Note(before.Decisions == after.Decisions, "decisions");
        Note(before.Limits.MaxConnections == after.Limits.MaxConnections, "limits.max_connections");
        return string.Join(", ", changed);
    }
}
