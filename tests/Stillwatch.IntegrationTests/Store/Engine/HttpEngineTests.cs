namespace Stillwatch.IntegrationTests.Store.Engine;

public sealed class HttpEngineTests(ClickHouseServer server) : EngineContractTests, IClassFixture<ClickHouseServer>
{
    private protected override string Address() => server.Database("contract");
}
