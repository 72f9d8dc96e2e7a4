using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Stillwatch.Gateway.Identity;

namespace Stillwatch.Benchmarks.Gateway;

/// <summary>The programs of a measurement, each pinned to a core.</summary>
internal sealed class Rig : IAsyncDisposable
{
    public const int Direct = 9100;
    public const int Nginx = 9101;
    public const int Bare = 9102;
    public const int GatewayToLog = 9103;
    public const int GatewayToStore = 9104;
    public const int Portkey = 9105;
    public const int GatewayAtOnce = 9106;

    public const string Body =
        """{"model":"test-model","messages":[{"role":"system","content":"You are a helpful assistant."},{"role":"user","content":"""
        + "\"Write a sentence about the sea, please, and make it short enough to be read aloud in one breath.\"}],"
        + "\"temperature\":0.7,\"max_tokens\":128}";

    /// <summary>What a model server says that does not stream.</summary>
    public const string Reply =
        """{"id":"chatcmpl-1","object":"chat.completion","created":1760000000,"model":"test-model","choices":[{"index":0,"message":"""
        + """{"role":"assistant","content":"The sea keeps its own counsel and returns every question as a wave."},"""
        + "\"logprobs\":null,\"finish_reason\":\"stop\"}],"
        + "\"usage\":{\"prompt_tokens\":42,\"completion_tokens\":15,\"total_tokens\":57}}";

    /// <summary>Rules that all have to be looked at, and let the request pass.</summary>
    private const string Policies =
        """
        @id("general") permit (principal, action, resource in ModelFamily::"general");
        @id("tiers") permit (principal in Tier::"T1", action, resource);
        @id("contracts") permit (principal in Tier::"T3", action, resource);
        @id("trial") forbid (principal in Tier::"T0", action, resource)
        unless { resource == Model::"small" && !context.features.containsAny(["logprobs", "reasoning", "batch"]) };
        @id("regions") forbid (principal, action, resource) when { context has country && ["XA", "XB"].contains(context.country) };
        @id("affiliates") forbid (principal, action, resource)
        when { context.now >= datetime("2026-11-10") && context.ownership has halfOrMore && context.ownership.halfOrMore != "clear" };
        @id("probabilities") forbid (principal, action, resource)
        when { context.features.contains("logprobs") && context has asnClass && context.asnClass == "hosting" }
        unless { principal in Tier::"T3" };
        """;

    private static readonly string Cli = Path.Combine(AppContext.BaseDirectory, "Stillwatch.Cli.dll");

    private readonly List<Process> _processes = [];
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("stillwatch-benchmark-");

    /// <summary>The driver is on the model server's core, and never in the way of what is measured.</summary>
    private Rig()
    {
        using var self = Process.GetCurrentProcess();
        self.ProcessorAffinity = 1 << 1;
    }

    /// <summary>The key that the gateways accept.</summary>
    public string Key { get; private set; } = string.Empty;

    /// <summary>What is measured, in the order of printing.</summary>
    public static IReadOnlyList<(string Name, int Port)> Targets { get; } =
    [
        ("direct", Direct), ("nginx", Nginx), ("bare Kestrel forwarder", Bare), ("gateway, interactions to logs", GatewayToLog),
        ("gateway, interactions to the embedded store", GatewayToStore),
    ];

    /// <summary>Starts everything.</summary>
    /// <param name="streams">Whether the model server streams, or answers each request at once (then it is an nginx).</param>
    /// <param name="quick">Leaves out the gateway with the embedded store.</param>
    public static async Task<Rig> StartAsync(bool streams, bool quick = false)
    {
        var rig = new Rig();
        try
        {
            await rig.StartAllAsync(streams, quick);
            return rig;
        }
        catch
        {
            await rig.DisposeAsync();
            throw;
        }
    }

    private async Task StartAllAsync(bool streams, bool quick)
    {
        (_, Key) = new KeyIssuer(At("keys.json"), TimeProvider.System).Create(new GatewayKey { Id = "", Account = "bench" });
        if (streams)
        {
            StartSelf(1, "model-server", Text(Direct));
        }
        else
        {
            StartNginx("upstream", 1,
                $$"""listen 127.0.0.1:{{Direct}}; location / { default_type application/json; return 200 '{{Reply}}'; }""");
        }

        StartNginx("proxy", 0, $$"""
            listen 127.0.0.1:{{Nginx}};
            location / {
              if ($http_x_refuse) { return 401; }
              proxy_pass http://models; proxy_http_version 1.1; proxy_set_header Connection ""; proxy_buffering off;
            }
            """);
        StartSelf(0, "bare-forwarder", Text(Bare), $"http://127.0.0.1:{Direct}");
        File.WriteAllText(At("access.cedar"), Policies);
        await RunAsync(["log", "key", "benchmark.example/evidence", "--out", At("evidence.key")]);
        await RunAsync(["log", "init", "--log", At("evidence"), "--key", At("evidence.key")]);
        StartGateway("log", GatewayToLog);
        if (!quick)
        {
            StartGateway("store", GatewayToStore);
        }

        foreach (var (_, port) in Targets.Where(target => !quick || target.Port != GatewayToStore))
        {
            await WaitForAsync(port);
        }
    }

    /// <summary>When the log of decisions was published last.</summary>
    public DateTime CheckpointAt => File.GetLastWriteTimeUtc(Path.Combine(At("evidence"), "checkpoint"));

    /// <summary>Runs a step of the command line on the log of decisions.</summary>
    public Task RunAsync(string verb, string step, string subject, params string[] further) =>
        RunAsync([verb, step, subject, "--log", At("evidence"), "--key", At("evidence.key"), "--reason", "measured", .. further]);

    /// <summary>Starts a gateway to logs that tells of bad keys at once, however many came before.</summary>
    public async Task StartGatewayAtOnceAsync()
    {
        StartGateway("log", GatewayAtOnce, name: "at-once", "limits: {bad_key_hold: 0s}");
        await WaitForAsync(GatewayAtOnce);
    }

    /// <summary>Starts Portkey's gateway, from a folder where its npm package is installed.</summary>
    public async Task StartPortkeyAsync(string folder)
    {
        var server = Path.Combine(folder, "node_modules", "@portkey-ai", "gateway", "build", "start-server.js");
        if (!File.Exists(server))
        {
            throw new FileNotFoundException($"There is no {server}: run 'npm install --prefix {folder} @portkey-ai/gateway@1.15.2'.");
        }

        Start(0, Text(Portkey), "node", [server, "--headless", $"--port={Text(Portkey)}"]);
        await WaitForAsync(Portkey);
    }

    /// <summary>The resident memory of the process that listens on a port, in MB.</summary>
    public double MemoryOf(int port)
    {
        var process = _processes.First(process => process.StartInfo.Environment["BENCH_PORT"] == Text(port));
        process.Refresh();
        return process.WorkingSet64 / 1e6;
    }

    /// <summary>What of that is its own and no page of a file, in MB: the ledger's journal and the spool are mapped files.</summary>
    public double OwnMemoryOf(int port)
    {
        var process = _processes.First(process => process.StartInfo.Environment["BENCH_PORT"] == Text(port));
        var line = File.ReadLines($"/proc/{process.Id}/status").First(static line => line.StartsWith("RssAnon:", StringComparison.Ordinal));
        return double.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[^2], CultureInfo.InvariantCulture) * 1024 / 1e6;
    }

    /// <summary>The processor time that what listens on a port has taken so far, in seconds. Each is one process.</summary>
    public double ProcessorTimeOf(int port)
    {
        var name = port switch { Direct => "upstream", Nginx => "proxy", _ => Text(port) };
        var process = _processes.First(process => process.StartInfo.Environment["BENCH_PORT"] == name);
        process.Refresh();
        return process.TotalProcessorTime.TotalSeconds;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var process in _processes)
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync();
            process.Dispose();
        }

        _folder.Delete(recursive: true);
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private string At(string name) => Path.Combine(_folder.FullName, name);

    private void StartSelf(int core, params string[] arguments) =>
        Start(core, arguments[1], "dotnet", [Path.Combine(AppContext.BaseDirectory, "Stillwatch.Benchmarks.Gateway.dll"), .. arguments]);

    private static async Task RunAsync(string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo("taskset", ["-c", "1", "dotnet", Cli, .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        process.ErrorDataReceived += static (_, _) => { };
        process.BeginErrorReadLine();
        await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"stillwatch {string.Join(' ', arguments)} ended with {process.ExitCode}.");
        }
    }

    private void StartGateway(string target, int port, string? name = null, string further = "")
    {
        name ??= target;
        File.WriteAllText(At($"{name}.yaml"), $$"""
            listeners:
              - address: 127.0.0.1:{{port}}
            keys: keys.json
            upstreams:
              main: {url: "http://127.0.0.1:{{Direct}}"}
            models:
              - {name: test-model, upstream: main, region: north, families: [general], max_output_tokens: 4096}
            quotas:
              journal: {{name}}-quota
              limits:
                - {name: requests, measure: requests, cap: 1000000000, window: 60s, per: [key]}
                - {name: tokens, measure: total_tokens, cap: 1000000000000, window: 60s, per: [key, model]}
                - {name: daily, measure: output_tokens, cap: 1000000000000, window: 1d, per: [account]}
                - {name: streams, measure: concurrency, cap: 100000, per: [key]}
                - {name: capacity, measure: total_tokens, cap: 1000000000000, window: 60s, per: [model, region]}
            policies: {file: access.cedar}
            decisions: {log: evidence, key: evidence.key}
            observation: {spool: {{name}}-spool, {{target}}: {{name}}}
            {{further}}
            """);
        Start(0, Text(port), "dotnet", [Cli, "serve", "--config", At($"{name}.yaml")]);
    }

    private void StartNginx(string name, int core, string server)
    {
        File.WriteAllText(At($"{name}.conf"), $$"""
            daemon off; worker_processes 1; master_process off; pid {{At(name)}}.pid; error_log {{At(name)}}.log;
            events { worker_connections 8192; }
            http {
              access_log off; keepalive_requests 100000000; keepalive_timeout 3600s; client_body_buffer_size 256k;
              client_body_temp_path {{At(name)}}-body; proxy_temp_path {{At(name)}}-proxy; fastcgi_temp_path {{At(name)}}-f;
              uwsgi_temp_path {{At(name)}}-u; scgi_temp_path {{At(name)}}-s;
              upstream models { server 127.0.0.1:{{Direct}}; keepalive 2048; keepalive_requests 100000000; }
              server { {{server}} }
            }
            """);
        Start(core, name, "nginx", ["-p", _folder.FullName, "-c", At($"{name}.conf")]);
    }

    private void Start(int core, string port, string program, IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo("taskset", ["-c", Text(core), program, .. arguments]);
        start.Environment["BENCH_PORT"] = port;

        // As the launcher ./stillwatch has it, and for the bare forwarder too.
        start.Environment["DOTNET_TC_CallCountingDelayMs"] = "0";
        start.Environment["DOTNET_GCgen0size"] = "0x1000000";
        start.RedirectStandardError = true;
        start.RedirectStandardOutput = true;
        var process = Process.Start(start)!;
        process.ErrorDataReceived += static (_, _) => { };
        process.BeginErrorReadLine();
        process.OutputDataReceived += static (_, _) => { };
        process.BeginOutputReadLine();
        _processes.Add(process);
    }

    private static async Task WaitForAsync(int port)
    {
        for (var attempt = 0; attempt < 600; attempt++)
        {
            try
            {
                using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
                await socket.ConnectAsync(IPAddress.Loopback, port);
                return;
            }
            catch (SocketException)
            {
                await Task.Delay(100);
            }
        }

        throw new TimeoutException($"nothing listens on port {port}");
    }
}
