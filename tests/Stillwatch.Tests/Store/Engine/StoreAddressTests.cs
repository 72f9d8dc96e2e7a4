using Stillwatch.Store.Engine;

namespace Stillwatch.Tests.Store.Engine;

public sealed class StoreAddressTests
{
    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("  ")]
    public void Parse_OfNothing_IsTheDefaultDirectory(string? text) =>
        Assert.Equal(Path.Combine(Environment.CurrentDirectory, "stillwatch-data"), StoreAddress.Parse(text).Directory);

    [Theory]
    [InlineData("/var/lib/stillwatch", "/var/lib/stillwatch")]
    [InlineData("/var/lib/../x", "/var/x")]
    [InlineData("/var/x/", "/var/x")]
    [InlineData("/http:/x", "/http:/x")]
    public void Parse_OfAPath_IsADirectory(string text, string directory)
    {
        var address = StoreAddress.Parse(text);
        Assert.True(address.IsEmbedded);
        Assert.Equal(directory, address.Directory);
        Assert.Equal("stillwatch", address.Database);
        Assert.Equal(directory, address.ToString());
    }

    [Theory]
    [InlineData("http://host", "http://host:8123/", "stillwatch")]
    [InlineData("http://host/", "http://host:8123/", "stillwatch")]
    [InlineData("http://host:80/db", "http://host/", "db")]
    [InlineData("http://host:9999/db_2/", "http://host:9999/", "db_2")]
    [InlineData("https://host/db", "https://host:8443/", "db")]
    [InlineData("https://host:443/db", "https://host/", "db")]
    [InlineData("http://[::1]/db", "http://[::1]:8123/", "db")]
    [InlineData("http://[::1]:80/db", "http://[::1]/", "db")]
    [InlineData("http://u:p@host/db", "http://host:8123/", "db")]
    [InlineData("http://u:p@host:80/db", "http://host/", "db")]
    public void Parse_OfAServer_HasHostPortDatabase(string text, string server, string database)
    {
        var address = StoreAddress.Parse(text);
        Assert.False(address.IsEmbedded);
        Assert.Equal(server, address.Server!.ToString());
        Assert.Equal(database, address.Database);
    }

    [Fact]
    public void Parse_OfUserAndPassword_KeepsThemOutOfTheText()
    {
        var address = StoreAddress.Parse("http://us%20er:p%40ss%2F@host/db");
        Assert.Equal("us er", address.Credential!.UserName);
        Assert.Equal("p@ss/", address.Credential.Password);
        Assert.Equal("http://host:8123/db", address.ToString());
        Assert.Equal("http://host:8123/", address.Server!.ToString());
    }

    [Theory]
    [InlineData("ftp://host/db")]
    [InlineData("http://")]
    [InlineData("http:///db")]
    [InlineData("clickhouse://host:9000/db")]
    [InlineData("http://host/a/b")]
    [InlineData("http://host/a-b")]
    [InlineData("http://host/db?user=x")]
    [InlineData("http://host/db#x")]
    [InlineData("http://user:secret@:99999/db")]
    [InlineData("/a\0b")]
    public void Parse_OfAnythingElse_SaysWhatIsAccepted(string text)
    {
        var refused = Assert.Throws<StoreUnavailableException>(() => StoreAddress.Parse(text));
        Assert.Contains("http", refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", refused.Message, StringComparison.Ordinal);
    }
}
