namespace Stillwatch.Cli.Tests.Launching;

public sealed class LauncherTests(BuiltCheckout built) : IClassFixture<BuiltCheckout>
{
    [Fact]
    public void Launcher_FirstRun_BuildsAndHandsOnArgumentsAndStatus()
    {
        var (status, output, errors) = built.FirstRun;
        Assert.True(status == 3, errors);
        Assert.Equal("a b|--c|\n", output);
        Assert.Equal("stillwatch: building\n", errors);
    }

    [Fact]
    public async Task Launcher_NothingChanged_DoesNotBuildAgain()
    {
        var log = built.Checkout.PathOf("artifacts/build.log");
        File.Delete(log);
        Assert.Equal((1, "x\n", ""), await built.Checkout.RunAsync("x"));
        Assert.False(File.Exists(log));
    }

    [Fact]
    public async Task Launcher_ThroughALink_FindsItsCheckout()
    {
        var link = built.Checkout.PathOf("elsewhere");
        File.CreateSymbolicLink(link, built.Checkout.PathOf("stillwatch"));
        Assert.Equal((1, "x\n", ""), await Checkout.RunAsync(link, _ => { }, "x"));
    }

    [Fact]
    public async Task Launcher_SourceChangedOrRemoved_BuildsAgain()
    {
        using var checkout = new Checkout().WithAssets();
        await checkout.RunAsync();
        checkout.Write("src/Stillwatch.Cli/Extra.cs", "internal static class Extra { public const string Text = \"extra\"; }");
        checkout.Write("src/Stillwatch.Cli/Program.cs", "System.Console.WriteLine(Extra.Text);");
        Assert.Equal((0, "extra\n", "stillwatch: building\n"), await checkout.RunAsync());
        File.Delete(checkout.PathOf("src/Stillwatch.Cli/Extra.cs"));
        var (status, output, errors) = await checkout.RunAsync();
        Assert.Equal((1, ""), (status, output));
        Assert.Contains("error CS0103", errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Launcher_TwoFirstRunsAtOnce_BuildOneAfterTheOther()
    {
        using var checkout = new Checkout().WithAssets();
        var runs = await Task.WhenAll(checkout.RunAsync("x"), checkout.RunAsync("x"));
        Assert.All(runs, run => Assert.Equal((1, "x\n"), (run.Status, run.Output)));
        Assert.Single(runs, run => run.Errors.Contains("another build is running here; waiting for it", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Launcher_BrokenSource_ShowsTheErrorAndTheLog()
    {
        using var checkout = new Checkout().WithAssets();
        checkout.Write("src/Stillwatch.Cli/Program.cs", "return nothing;");
        var (status, output, errors) = await checkout.RunAsync();
        Assert.Equal((1, ""), (status, output));
        Assert.Contains("stillwatch: the build failed:", errors, StringComparison.Ordinal);
        Assert.Contains("error CS0103: The name 'nothing' does not exist", errors, StringComparison.Ordinal);
        Assert.Contains(checkout.PathOf("artifacts/build.log"), errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Assets_LinkToAFolderThatLacksThem_IsExplained()
    {
        using var checkout = new Checkout();
        Directory.CreateDirectory(checkout.PathOf("other"));
        checkout.Write("other/.package-lock.json", "{}");
        File.CreateSymbolicLink(checkout.PathOf("node_modules"), checkout.PathOf("other"));
        await AssertOneSentenceAsync(checkout.RunAsync(), "node_modules is a symbolic link to a folder that lacks what");
    }

    [Fact]
    public async Task Assets_RegistryOutOfReach_IsExplained()
    {
        using var checkout = new Checkout();
        checkout.Write(".npmrc", $"registry=http://127.0.0.1:9/\nfetch-retries=0\ncache={checkout.PathOf("cache")}\n");
        await AssertOneSentenceAsync(checkout.RunAsync(), "npm could not reach its registry");
    }

    [Fact]
    public async Task Assets_WrongChecksum_IsExplained()
    {
        using var checkout = new Checkout();
        var other = Path.Combine(checkout.Root, "other");
        checkout.Write("other/package.json", """{"name":"echarts","version":"6.1.0"}""");
        var (packed, _, said) = await Checkout.RunAsync("npm", start => start.WorkingDirectory = other, "pack", "--silent");
        Assert.True(packed == 0, said);
        var dependencies = $$"""{"echarts":"file:{{other}}/echarts-6.1.0.tgz"}""";
        checkout.Write("package.json", $$"""{"name":"a","dependencies":{{dependencies}} }""");
        checkout.Write(
            "package-lock.json",
            $$"""
            {"name":"a","lockfileVersion":3,"requires":true,"packages":{
              "":{"name":"a","dependencies":{{dependencies}} },
              "node_modules/echarts":{"version":"6.1.0","resolved":"file:{{other}}/echarts-6.1.0.tgz",
              "integrity": "sha512-{{new string('A', 86)}}=="
            } } }
            """);
        await AssertOneSentenceAsync(checkout.RunAsync(), "does not have the checksum that package-lock.json records");
    }

    private static async Task AssertOneSentenceAsync(Task<(int Status, string Output, string Errors)> run, string sentence)
    {
        var (status, output, errors) = await run;
        Assert.Equal((1, ""), (status, output));
        var told = Assert.Single(errors.TrimEnd().Split('\n'), line => !line.Contains(": building", StringComparison.Ordinal)
            && !line.Contains(": fetching native assets", StringComparison.Ordinal));
        Assert.StartsWith("stillwatch: ", told, StringComparison.Ordinal);
        Assert.Contains(sentence, told, StringComparison.Ordinal);
    }
}
