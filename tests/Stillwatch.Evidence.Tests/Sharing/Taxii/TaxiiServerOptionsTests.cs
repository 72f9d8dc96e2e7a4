using Stillwatch.Evidence.Sharing.Access;
using Stillwatch.Evidence.Sharing.Taxii.Server;

namespace Stillwatch.Evidence.Tests.Sharing.Taxii;

public sealed class TaxiiServerOptionsTests : IDisposable
{
    private readonly string _path = Path.Combine(Path.GetTempPath(), $"taxii-{Environment.ProcessId}-{Path.GetRandomFileName()}.json");

    public void Dispose() => File.Delete(_path);

    [Fact]
    public void Load_LeastThatIsNeeded_HasTheDocumentedDefaults()
    {
        File.WriteAllText(_path, """{"api_roots":[{"name":"root","title":"t"}]}""");
        var options = TaxiiServerOptions.Load(_path);
        Assert.Equal(("Stillwatch", 8L << 20, 500), (options.Title, options.MaxContentLength, options.MaxPageSize));
        Assert.Empty(Assert.Single(options.ApiRoots).Collections);
    }

    [Theory]
    [InlineData("", "taxii-")]
    [InlineData("{}", "api_roots")]
    [InlineData("""{"api_roots":[]}""", "api_roots names none")]
    [InlineData("""{"api_roots":[{"name":"a b","title":"t"}]}""", "letters, digits and dashes")]
    [InlineData("""{"api_roots":[{"name":"a","title":"t"},{"name":"a","title":"t"}]}""", "names one twice")]
    [InlineData("""{"max_page_size":0,"api_roots":[{"name":"a","title":"t"}]}""", "max_page_size is from 1")]
    [InlineData("""{"max_page_sizes":5,"api_roots":[{"name":"a","title":"t"}]}""", "max_page_sizes")]
    public void Load_WrongFile_IsRefusedWithTheReason(string text, string reason)
    {
        File.WriteAllText(_path, text);
        Assert.Contains(
            reason, Assert.Throws<InvalidDataException>(() => TaxiiServerOptions.Load(_path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ApiKeys_KeyWithoutRights_HasNone()
    {
        File.WriteAllText(_path, $$"""[{"name":"a","sha256":"{{new string('0', 64)}}"}]""");
        Assert.Null(ApiKeys.Load(_path).Authenticate("Basic YTpi"));
        var secret = ApiKeys.Add(_path, new ApiKey { Name = "b", Sha256 = "" });
        Assert.DoesNotContain(secret, File.ReadAllText(_path), StringComparison.Ordinal);
        Assert.Throws<InvalidDataException>(() => ApiKeys.Add(_path, new ApiKey { Name = "b", Sha256 = "" }));
        Assert.False(new ApiKey { Name = "c", Sha256 = "" }.MayRead("x"));
    }
}
