using System.Net.Sockets;
using System.Text;
using Stillwatch.Store.Engine;

namespace Stillwatch.IntegrationTests.Store.Engine;

public sealed class HttpEngineTests(ClickHouseServer server) : EngineContractTests, IClassFixture<ClickHouseServer>
{
    [Fact]
    public async Task Insert_CutShortBetweenRows_IsRefusedWhole()
    {
        var table = await TableAsync("n UInt64", "cut");
        using var block = new ColumnBlock(Column.Of("n", ColumnType.UInt64));
        for (var i = 0UL; i < 1000; i++)
        {
            block.UInt64(i);
            block.EndRow();
        }

        // Two counts, the name with its length, the type with its length; then 400 of 1,000 values, and the connection ends.
        byte[] body = [1, 0xe8, 0x07, 1, (byte)'n', 6, .. "UInt64"u8, .. new byte[400 * 8]];
        Assert.Equal(1000, block.Rows);
        await SendAsync("INSERT INTO cut (n) FORMAT Native", body, announced: body.Length + (600 * 8));
        await Task.Delay(200, Token);
        Assert.Equal(0UL, await NumberAsync(Sql.Format($"SELECT count() FROM {table}")));

        await Engine.InsertAsync(table, block, null, Token);
        Assert.Equal(1000UL, await NumberAsync(Sql.Format($"SELECT count() FROM {table}")));
    }

    [Fact]
    public async Task User_WithAPassword_IsLetIn()
    {
        var user = $"{ClickHouseServer.User}:{Uri.EscapeDataString(ClickHouseServer.Password)}";
        var address = server.Database("contract").Replace("//", $"//{user}@", StringComparison.Ordinal);
        await using var engine = await ClickHouse.OpenAsync(address, null, Token);
        await using var rows = await engine.QueryAsync(Sql.Of("SELECT user FROM system.processes"), null, Token);
        Assert.True(rows.Read());
        Assert.Equal(ClickHouseServer.User, rows.Text());
    }

    [Theory]
    [InlineData(ClickHouseServer.User, "wrong")]
    [InlineData("nobody", "x")]
    public async Task User_WithAWrongPassword_IsToldWhatToSet(string user, string password)
    {
        var options = new EngineOptions { Environment = name => name.EndsWith("USER", StringComparison.Ordinal) ? user : password };
        var refused = await Assert.ThrowsAsync<StoreUnavailableException>(() => ClickHouse.OpenAsync(Address(), options, Token));
        Assert.Contains("STILLWATCH_CLICKHOUSE_PASSWORD", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Database_OfANewName_IsMade()
    {
        await using var engine = await ClickHouse.OpenAsync(server.Database("made_here"), null, Token);
        await using var rows = await engine.QueryAsync(Sql.Of("SELECT currentDatabase()"), null, Token);
        Assert.True(rows.Read());
        Assert.Equal("made_here", rows.Text());
    }

    private protected override string Address() => server.Database("contract");

    /// <summary>Sends an insert of which less follows than its head announces, and ends the connection.</summary>
    private async Task SendAsync(string statement, byte[] body, int announced)
    {
        var uri = new Uri(server.Database("contract"));
        using var client = new TcpClient();
        await client.ConnectAsync(uri.Host, uri.Port, Token);
        var path = $"/?database=contract&query={Uri.EscapeDataString(statement)}";
        var head = $"POST {path} HTTP/1.1\r\nHost: x\r\nContent-Length: {announced}\r\n\r\n";
        var stream = client.GetStream();
        await stream.WriteAsync((byte[])[.. Encoding.ASCII.GetBytes(head), .. body], Token);
        client.Client.Shutdown(SocketShutdown.Send);
        _ = await stream.ReadAsync(new byte[1000], Token);
    }
}
