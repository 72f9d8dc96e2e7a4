using Stillwatch.IntegrationTests.Store.Engine;

namespace Stillwatch.IntegrationTests;

/// <summary>Runs the tests; or, as a child of one of them, what that test wants to see live or die in a process of its own.</summary>
internal static class Program
{
    private static Task<int> Main(string[] args) => args switch
    {
        [EngineChild.Verb, var scenario, var directory] => EngineChild.RunAsync(scenario, directory),
        _ when args.Contains("--server") || args.Contains("--internal-msbuild-node") =>
            Xunit.MicrosoftTestingPlatform.TestPlatformTestFramework.RunAsync(args, SelfRegisteredExtensions.AddSelfRegisteredExtensions),
        _ => Xunit.Runner.InProc.SystemConsole.ConsoleRunner.Run(args),
    };
}
