using Microsoft.Extensions.Logging;
using Stillwatch.Gateway.Observation;

namespace Stillwatch.Gateway.Hosting;

/// <summary>The gateway's log. It names requests and keys by id; it holds no text of prompts and replies, and no secret.</summary>
internal sealed partial class GatewayLog(ILogger logger) : IRecorderLog
{
    [LoggerMessage(1000, LogLevel.Information, "listening at {Addresses}; administration at {Admin}")]
    public partial void Listening(string addresses, string admin);

    [LoggerMessage(1001, LogLevel.Information, "stopping: {InProgress} requests in progress have {Limit} to end")]
    public partial void Stopping(long inProgress, TimeSpan limit);

    [LoggerMessage(1002, LogLevel.Information, "stopped")]
    public partial void Stopped();

    [LoggerMessage(1010, LogLevel.Information, "configuration read again: {Models} models, {Upstreams} upstreams, {Keys} keys")]
    public partial void Reloaded(int models, int upstreams, int keys);

    [LoggerMessage(1011, LogLevel.Error, "configuration refused, the last good one stays in use: {Faults}")]
    public partial void ReloadRefused(string faults);

    [LoggerMessage(1012, LogLevel.Warning, "{Members} changed; that takes effect when the gateway is started again")]
    public partial void NeedsRestart(string members);

    [LoggerMessage(1020, LogLevel.Debug,
        "request {Request}: key {Key}, endpoint {Endpoint}, model {Model}, status {Status}, outcome {Outcome}, {Input} tokens in, "
        + "{Output} out, {LatencyMs} ms")]
    public partial void Request(
        string request, string key, string endpoint, string model, int status, string outcome, int input, int output, double latencyMs);

    [LoggerMessage(1021, LogLevel.Debug, "refused {Request}: key {Key}, path {Path}, reason {Reason}")]
    public partial void Refused(string request, string? key, string path, string reason);

    [LoggerMessage(1022, LogLevel.Warning, "request {Request}: the upstream {Upstream} failed")]
    public partial void UpstreamFailed(Exception failure, string request, string upstream);

    [LoggerMessage(1023, LogLevel.Error, "request {Request} failed by a defect")]
    public partial void Defect(Exception failure, string request);

    [LoggerMessage(1024, LogLevel.Information, "decision on {Request}: {By} {Effect}, by {Reasons}; key {Key}, model {Model}")]
    public partial void Decided(string request, string by, string effect, string reasons, string key, string model);

    [LoggerMessage(1013, LogLevel.Error, "the log of decisions cannot be read, its last good state stays in force")]
    public partial void DecisionsUnreadable(Exception failure);

    [LoggerMessage(1030, LogLevel.Error, "the spool could not be emptied; it is tried again")]
    public partial void DrainFailed(Exception failure);

    [LoggerMessage(1031, LogLevel.Error, "the spool could not be written through to the disk; it is tried again")]
    public partial void FlushFailed(Exception failure);
}
