namespace Stillwatch.Cli.Tests.Launching;

/// <summary>The launcher on machines that lack something; what these lack is taken from a plain folder of programs.</summary>
public sealed class PlatformCheckTests
{
    private const string DotNet10 = "[[ $1 != --version ]] || echo 10.0.100";

    [Fact]
    public async Task Platform_NoDotNet_IsOneSentence()
    {
        using var checkout = new Checkout();
        await AssertToldAsync(checkout.RunBareAsync(), "the .NET 10 SDK is needed and dotnet is not on PATH: install it");
    }

    [Fact]
    public async Task Platform_OtherSdk_IsOneSentence()
    {
        using var checkout = new Checkout()
            .WithProgram("dotnet", "[[ $1 == --version ]] && echo 9.0.304 || echo '9.0.304 [/usr/lib/dotnet/sdk]'");
        await AssertToldAsync(checkout.RunBareAsync(), "the .NET 10 SDK is needed, but dotnet has 9.0.304: install");
    }

    [Fact]
    public async Task Platform_RuntimeOnly_IsOneSentence()
    {
        using var checkout = new Checkout().WithProgram("dotnet", "[[ $1 == --list-sdks ]]");
        await AssertToldAsync(checkout.RunBareAsync(), "but dotnet has no SDK at all, only a runtime: install");
    }

    [Theory]
    [InlineData("uname", "[[ $1 == -s ]] && echo Darwin || echo arm64", "built for nothing else; this is Darwin arm64.")]
    [InlineData("uname", "[[ $1 == -s ]] && echo Linux || echo aarch64", "this is Linux aarch64.")]
    [InlineData("getconf", "exit 1", "this Linux has another C library (musl?).")]
    public async Task Platform_NotTheEngines_IsOneSentence(string program, string script, string sentence)
    {
        using var checkout = new Checkout().WithProgram(program, script);
        await AssertToldAsync(checkout.RunBareAsync(), sentence);
    }

    [Fact]
    public async Task Platform_NoNpm_IsOneSentence()
    {
        using var checkout = new Checkout().WithProgram("dotnet", DotNet10);
        await AssertToldAsync(
            checkout.RunBareAsync(),
            "npm is needed and not on PATH, because the ClickHouse engine comes as an npm package: install Node.js 20");
    }

    [Theory]
    [InlineData("echo v18.19.1", "Node.js 20 or newer is needed; this is v18.19.1.")]
    [InlineData("exit 127", "npm is there but node does not run: install Node.js 20")]
    public async Task Platform_OldOrBrokenNode_IsOneSentence(string node, string sentence)
    {
        using var checkout = new Checkout().WithProgram("dotnet", DotNet10).WithProgram("npm", "exit 1").WithProgram("node", node);
        await AssertToldAsync(checkout.RunBareAsync(), sentence);
    }

    [Fact]
    public async Task Platform_NoRoom_IsOneSentence()
    {
        using var outer = new Checkout();
        var small = outer.PathOf("small");
        Directory.CreateDirectory(small);
        var (mounted, _, _) = await Checkout.RunAsync("mount", _ => { }, "-t", "tmpfs", "-o", "size=10m", "none", small);
        if (mounted != 0)
        {
            Assert.Skip("A small file system can be mounted only by root.");
        }

        try
        {
            using var checkout = new Checkout(Path.Combine(small, "checkout"));
            await AssertToldAsync(checkout.RunAsync(), "the first build needs about 1500 MB in");
        }
        finally
        {
            await Checkout.RunAsync("umount", _ => { }, small);
        }
    }

    [Fact]
    public async Task Platform_CheckoutOfSomebodyElse_IsOneSentence()
    {
        using var checkout = new Checkout();
        checkout.Write("artifacts", "in the way");
        await AssertToldAsync(checkout.RunAsync(), "may not: run as the owner of");
    }

    private static async Task AssertToldAsync(Task<(int Status, string Output, string Errors)> run, string sentence)
    {
        var (status, output, errors) = await run;
        Assert.Equal((1, ""), (status, output));
        Assert.StartsWith("stillwatch: ", errors, StringComparison.Ordinal);
        Assert.Contains(sentence, errors, StringComparison.Ordinal);
        Assert.Single(errors.TrimEnd().Split('\n'));
    }
}
