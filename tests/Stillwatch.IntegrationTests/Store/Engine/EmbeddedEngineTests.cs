using Stillwatch.Store.Engine;

namespace Stillwatch.IntegrationTests.Store.Engine;

[Collection(EngineCollection.Name)]
public sealed class EmbeddedEngineTests : EngineContractTests
{
    private readonly string _directory = Directory.CreateTempSubdirectory("stillwatch-store-").FullName;

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        Directory.Delete(_directory, recursive: true);
    }

    [Fact]
    public async Task Drop_InANewStore_GivesTheSpaceBackAtOnce()
    {
        var table = await TableAsync("n UInt64");
        await Engine.ExecuteAsync(Sql.Format($"DROP TABLE {table} SYNC"), null, Token).WaitAsync(TimeSpan.FromSeconds(10), Token);
    }

    private protected override string Address() => _directory;
}
