using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Stillwatch.IntegrationTests.Store.Engine;

/// <summary>
/// A clickhouse-server of its own on loopback: free ports, configuration and data in a new directory under the temporary one, all gone
/// afterwards. Has a user <c>default</c> without password and <see cref="User"/> with <see cref="Password"/>.
/// </summary>
/// <remarks>A class fixture. Where the machine has no clickhouse-server, <see cref="Address"/> skips the test that asks.</remarks>
public sealed class ClickHouseServer : IAsyncLifetime
{
    /// <summary>The user with a password.</summary>
    public const string User = "bob";

    /// <summary>Characters that XML, HTTP and SQL each treat in their own way.</summary>
    public const string Password = "s3cret &<'\":/@%";

    private static readonly string[] Programs = ["/usr/bin/clickhouse-server", "/usr/sbin/clickhouse-server"];
    private static readonly TimeSpan StartPatience = TimeSpan.FromMinutes(2);

    private readonly string _directory = Directory.CreateTempSubdirectory("stillwatch-server-").FullName;
    private Process? _process;
    private int _port;

    /// <summary>The program, or null where it is not installed.</summary>
    public static string? Program => Programs.FirstOrDefault(File.Exists);

    /// <summary>The server's own address, as <c>http://127.0.0.1:port</c>; skips the test where there is none.</summary>
    public string Address
    {
        get
        {
            Assert.SkipWhen(_process is null, "clickhouse-server is not installed (Debian: apt-get install clickhouse-server).");
            return string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{_port}");
        }
    }

    /// <summary>Where the server's files are: configuration, data, log.</summary>
    public string DirectoryPath => _directory;

    /// <summary>The address of one database.</summary>
    public string Database(string name) => $"{Address}/{name}";

    public async ValueTask InitializeAsync()
    {
        if (Program is not { } program)
        {
            return;
        }

        _port = FreePort();
        Configure();
        _process = Start(program);
        await WaitUntilItAnswersAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is { } process)
        {
            process.Kill();
            await process.WaitForExitAsync();
            process.Dispose();
        }

        Directory.Delete(_directory, recursive: true);
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private Process Start(string program)
    {
        var start = new ProcessStartInfo(program, [$"--config-file={Path.Combine(_directory, "config.xml")}"])
        {
            WorkingDirectory = _directory,
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        };
        var process = Process.Start(start)!;
        process.OutputDataReceived += static (_, _) => { };
        process.ErrorDataReceived += static (_, _) => { };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return process;
    }

    private async Task WaitUntilItAnswersAsync()
    {
        using var client = new HttpClient();
        var waited = Stopwatch.StartNew();
        while (waited.Elapsed < StartPatience && !_process!.HasExited)
        {
            try
            {
                if (await client.GetStringAsync(new Uri($"{Address}/ping")) == "Ok.\n")
                {
                    return;
                }
            }
            catch (HttpRequestException)
            {
                await Task.Delay(20);
            }
        }

        var log = Path.Combine(_directory, "error.log");
        var errors = File.Exists(log) ? await File.ReadAllTextAsync(log) : "no log";
        Assert.Fail($"clickhouse-server does not answer on port {_port}: {errors}");
    }

    private void Configure()
    {
        File.WriteAllText(Path.Combine(_directory, "config.xml"), $"""
            <?xml version="1.0"?>
            <yandex>
              <logger><level>warning</level><log>{_directory}/server.log</log><errorlog>{_directory}/error.log</errorlog></logger>
              <http_port>{_port}</http_port>
              <tcp_port>{FreePort()}</tcp_port>
              <interserver_http_port>{FreePort()}</interserver_http_port>
              <listen_host>127.0.0.1</listen_host>
              <path>{_directory}/data/</path>
              <tmp_path>{_directory}/tmp/</tmp_path>
              <user_files_path>{_directory}/files/</user_files_path>
              <format_schema_path>{_directory}/schemas/</format_schema_path>
              <users_config>{_directory}/users.xml</users_config>
              <default_profile>default</default_profile>
              <default_database>default</default_database>
              <mark_cache_size>67108864</mark_cache_size>
              <uncompressed_cache_size>0</uncompressed_cache_size>
            </yandex>
            """);
        File.WriteAllText(Path.Combine(_directory, "users.xml"), $"""
            <?xml version="1.0"?>
            <yandex>
              <profiles><default><max_memory_usage>4000000000</max_memory_usage></default></profiles>
              <users>
                <default><password></password>{Access}</default>
                <{User}><password>{System.Security.SecurityElement.Escape(Password)}</password>{Access}</{User}>
              </users>
              <quotas><default></default></quotas>
            </yandex>
            """);
    }

    private const string Access = "<networks><ip>127.0.0.1</ip></networks><profile>default</profile><quota>default</quota>";
}
