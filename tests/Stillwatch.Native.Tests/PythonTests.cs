using System.Text.Json.Nodes;

namespace Stillwatch.Native.Tests;

/// <summary>The Python module on the published library: what is drawn through it carries the mark that the command line finds.</summary>
public sealed class PythonTests : IClassFixture<PublishedLibrary>, IDisposable
{
    private const string Interpreter = "/usr/bin/python3";

    private readonly DirectoryInfo _scratch = Directory.CreateTempSubdirectory("stillwatch-python-");

    public void Dispose() => _scratch.Delete(recursive: true);

    [Fact]
    public async Task Texts_DrawnInPython_AreFoundByTheCommandLine()
    {
        Assert.SkipUnless(
            Directory.Exists("/usr/lib/python3/dist-packages/torch"), "PyTorch is not installed (Debian: apt-get install python3-torch).");
        var secret = At("marks.secret");
        Assert.Equal(0, (await CommandLineAsync("mark", "keygen", "--out", secret)).Status);
        var (status, output) = await PublishedLibrary.RunAsync(
            Interpreter, Path.Combine(PublishedLibrary.Python, "write_texts.py"), PublishedLibrary.Published, secret, _scratch.FullName);
        Assert.True(status == 0, output);
        foreach (var name in new[] { "transformers", "again", "warped", "hot", "biased", "vllm", "request", "numpy", "ctypes" })
        {
            Assert.True(await Log10PAsync(name, secret, "free") < -6, $"{name} is not found.");
            Assert.True(await Log10PAsync(name, secret, "paid") > -4, $"{name} is found by another key.");
        }

        Assert.True(await Log10PAsync("unmarked", secret, "free") > -4, "What is unmarked is found.");
        Assert.True(await Log10PAsync("greedy", secret, "free") > -4, "A request without randomness was marked.");
    }

    /// <summary>The fewest parts that the module needs: no NumPy, no PyTorch.</summary>
    [Fact]
    public async Task Module_WithoutOtherPackages_Works()
    {
        Assert.SkipUnless(File.Exists(Interpreter), "Python is not installed (Debian: apt-get install python3).");
        const string Program =
            """
            import ctypes, sys
            sys.path.insert(0, sys.argv[1])
            import stillwatch_mark
            assert "torch" not in sys.modules and "numpy" not in sys.modules
            with stillwatch_mark.Mark.open_key(bytes(16), 256, context_width=1, bias=20.0) as mark:
                logits = (ctypes.c_float * 256)()
                assert mark.process([7], 1, logits)
                green = [token for token in range(256) if logits[token] == 20.0]
                bits = mark.colours([7], 1)
                assert green == [token for token in range(256) if bits[token // 8] >> (token % 8) & 1], (green, bits)
                assert 64 < len(green) < 192 and all(logits[token] == 0.0 for token in range(256) if token not in green)
                assert not mark.process([7, 7], 1, logits)
                assert mark.id == ""
            """;
        var (status, output) = await PublishedLibrary.RunAsync(Interpreter, "-I", "-c", Program, PublishedLibrary.Published);
        Assert.True(status == 0, output);
    }

    [Fact]
    public async Task Header_ForCAndCpp_CompilesWithoutWarnings()
    {
        Assert.SkipUnless(File.Exists("/usr/bin/gcc"), "There is no C compiler (Debian: apt-get install gcc).");
        var program = At("program.c");
        await File.WriteAllTextAsync(
            program,
            """
            #include "stillwatch_mark.h"
            int main(void) {
              stillwatch_mark mark = 0;
              stillwatch_mark_options options = {sizeof options, 1, 3, 0, 0.0, 0, 0};
              uint8_t key[16] = {0};
              int64_t tokens[1] = {7};
              stillwatch_mark_text text = {tokens, 1, 1};
              float logits[3] = {0, 0, 0};
              int32_t token = -1;
              if (stillwatch_mark_open_key(key, sizeof key, &options, &mark) != STILLWATCH_MARK_OK) return 1;
              if (stillwatch_mark_sample(mark, &text, logits, 3, 1, 42, &token) != STILLWATCH_MARK_OK || token < 0 || token > 2) return 2;
              return stillwatch_mark_close(mark);
            }
            """,
            TestContext.Current.CancellationToken);
        var (status, output) = await PublishedLibrary.RunAsync(
            "gcc", "-std=c99", "-Wall", "-Wextra", "-Werror", "-pedantic", $"-I{PublishedLibrary.Published}", program,
            PublishedLibrary.Path, $"-Wl,-rpath,{PublishedLibrary.Published}", "-o", At("program"));
        Assert.True(status == 0, output);
        (status, output) = await PublishedLibrary.RunAsync(At("program"));
        Assert.True(status == 0, $"{status} {output}");
    }

    private async Task<double> Log10PAsync(string name, string secret, string cohort)
    {
        var (status, output) = await CommandLineAsync(
            "mark", "detect", At($"{name}.jsonl"), "--secret", secret, "--cohort", cohort, "--format", "json");
        Assert.True(status == 0, output);
        var report = JsonNode.Parse(output)!;
        Assert.True((int)report["scored"]! > 150, $"{name} has too few positions to tell.");
        return (double)report["log10P"]!;
    }

    private static Task<(int Status, string Output)> CommandLineAsync(params string[] arguments) =>
        PublishedLibrary.RunAsync("dotnet", [Path.Combine(AppContext.BaseDirectory, "Stillwatch.Cli.dll"), .. arguments]);

    private string At(string name) => Path.Combine(_scratch.FullName, name);
}
