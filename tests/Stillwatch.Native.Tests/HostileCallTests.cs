using System.Text;

namespace Stillwatch.Native.Tests;

/// <summary>Mistakes of a host are told by numbers and words; the process goes on.</summary>
public sealed class HostileCallTests : IClassFixture<PublishedLibrary>, IDisposable
{
    private readonly DirectoryInfo _scratch = Directory.CreateTempSubdirectory("stillwatch-native-");

    public void Dispose() => _scratch.Delete(recursive: true);

    [Fact]
    public void Abi_OfTheLibrary_IsTheHeaders()
    {
        var header = File.ReadAllText(Path.Combine(PublishedLibrary.Published, "stillwatch_mark.h"));
        Assert.Contains($"#define STILLWATCH_MARK_ABI {MarkLibrary.Abi()}\n", header, StringComparison.Ordinal);
        foreach (var result in Enum.GetValues<MarkResult>().Where(static result => result != MarkResult.Done))
        {
            Assert.Contains($"STILLWATCH_MARK_{result.ToString().ToUpperInvariant()} = {(int)result}", header, StringComparison.Ordinal);
        }
    }

    [Fact]
    public unsafe void Open_WithWhatIsOutOfRange_SaysWhat()
    {
        var mark = 1ul;
        var key = stackalloc byte[16];
        foreach (var (options, what) in new[]
        {
            (MarkLibrary.Options(-1, 10), "context_width"),
            (MarkLibrary.Options(5, 10), "context_width"),
            (MarkLibrary.Options(2, 0), "vocabulary"),
            (MarkLibrary.Options(2, int.MaxValue), "vocabulary"),
            (MarkLibrary.Options(2, 10, -1), "bias"),
            (MarkLibrary.Options(2, 10, double.NaN), "bias"),
            (MarkLibrary.Options(2, 10, 21), "bias"),
            (default, "size"),
        })
        {
            var given = options;
            Assert.Equal((int)MarkResult.Argument, MarkLibrary.OpenKey(key, 16, &given, &mark));
            Assert.Contains(what, MarkLibrary.LastError(), StringComparison.Ordinal);
            Assert.Equal(0ul, mark);
        }

        var valid = MarkLibrary.Options(2, 10);
        Assert.Equal((int)MarkResult.Argument, MarkLibrary.OpenKey(key, 15, &valid, &mark));
        Assert.Equal((int)MarkResult.Argument, MarkLibrary.OpenKey(key, nuint.MaxValue, &valid, &mark));
        Assert.Equal((int)MarkResult.Null, MarkLibrary.OpenKey(key, 16, null, &mark));
        Assert.Equal((int)MarkResult.Null, MarkLibrary.OpenKey(key, 16, &valid, null));
        Assert.Equal((int)MarkResult.Null, MarkLibrary.OpenKey(null, 16, &valid, &mark));
    }

    [Theory]
    [InlineData("absent", null, 384)]
    [InlineData("nothing", "", 384)]
    [InlineData("short", "abcd", 384)]
    [InlineData("digits", "zz000000000000000000000000000000000000000000000000000000000000zz", 384)]
    [InlineData("open", "00000000000000000000000000000000000000000000000000000000000000ff", 420)]
    [InlineData("object", "{\"contextWidth\":2,\"key\":3}", 384)]
    [InlineData("broken", "{", 384)]
    public unsafe void OpenFile_ThatHoldsNoKey_IsRefused(string name, string? content, int mode)
    {
        var path = Path.Combine(_scratch.FullName, name);
        if (content is not null)
        {
            File.WriteAllText(path, content);
            File.SetUnixFileMode(path, (UnixFileMode)mode);
        }

        var (options, mark) = (MarkLibrary.Options(2, 10), 1ul);
        fixed (byte* bytes = Encoding.UTF8.GetBytes(path + "\0"))
        {
            Assert.Equal((int)MarkResult.File, MarkLibrary.OpenFile(bytes, &options, &mark));
        }

        Assert.Equal(0ul, mark);
        Assert.NotEmpty(MarkLibrary.LastError());
        Assert.True(content is not { Length: > 10 } || !MarkLibrary.LastError().Contains(content, StringComparison.Ordinal));
    }

    [Fact]
    public unsafe void Steps_WithNullsAndWrongSizes_AreRefused()
    {
        var mark = MarkLibrary.Open(new byte[16], MarkLibrary.Options(1, 10));
        var at = stackalloc float[10];
        var to = stackalloc byte[2];
        var ids = stackalloc long[2];
        var token = 0;
        (ids[0], ids[1]) = (1, long.MaxValue);
        var (text, large) = (new MarkText { Tokens = ids, Count = 1 }, new MarkText { Tokens = ids, Count = 2 });
        var (holed, ahead) = (new MarkText { Count = 3 }, new MarkText { Tokens = ids, Count = 1, Prompt = 2 });
        var endless = new MarkText { Tokens = ids, Count = nuint.MaxValue };
        Check(MarkResult.Null, MarkLibrary.Process(mark, null, at, 10, 1, null));
        Check(MarkResult.Null, MarkLibrary.Process(mark, &text, null, 10, 1, null));
        Check(MarkResult.Null, MarkLibrary.Process(mark, &holed, at, 10, 1, null));
        Check(MarkResult.Null, MarkLibrary.Sample(mark, &text, at, 10, 1, 1, null));
        Check(MarkResult.Null, MarkLibrary.Colours(mark, &text, null, 2, null));
        Check(MarkResult.Null, MarkLibrary.Id(mark, null, 64));
        Check(MarkResult.Argument, MarkLibrary.Process(mark, &text, at, 9, 1, null));
        Check(MarkResult.Argument, MarkLibrary.Process(mark, &text, at, nuint.MaxValue, 1, null));
        Check(MarkResult.Argument, MarkLibrary.Process(mark, &large, at, 10, 1, null));
        Check(MarkResult.Argument, MarkLibrary.Process(mark, &ahead, at, 10, 1, null));
        Check(MarkResult.Argument, MarkLibrary.Process(mark, &endless, at, 10, 1, null));
        Check(MarkResult.Argument, MarkLibrary.Process(mark, &text, at, 10, 0, null));
        Check(MarkResult.Argument, MarkLibrary.Process(mark, &text, at, 10, float.NaN, null));
        Check(MarkResult.Argument, MarkLibrary.Sample(mark, &text, at, 10, float.PositiveInfinity, 1, &token));
        Check(MarkResult.Argument, MarkLibrary.Colours(mark, &text, to, 1, null));
        foreach (var bad in new[] { float.NegativeInfinity, float.NaN, float.PositiveInfinity })
        {
            new Span<float>(at, 10).Fill(bad);
            Check(MarkResult.Logits, MarkLibrary.Process(mark, &text, at, 10, 1, null));
            Check(MarkResult.Logits, MarkLibrary.Sample(mark, &text, at, 10, 1, 1, &token));
        }

        Assert.Equal(0, MarkLibrary.Close(mark));
    }

    [Fact]
    public unsafe void Handles_ThatAreNotOpen_AreUnknown()
    {
        var mark = MarkLibrary.Open(new byte[16], MarkLibrary.Options(1, 10));
        Assert.Equal(0, MarkLibrary.Close(mark));
        var text = default(MarkText);
        var logits = stackalloc float[10];
        foreach (var handle in new[] { mark, 0ul, ulong.MaxValue })
        {
            Check(MarkResult.Handle, MarkLibrary.Process(handle, &text, logits, 10, 1, null));
            Check(MarkResult.Handle, MarkLibrary.Close(handle));
        }
    }

    [Fact]
    public async Task Close_WhileOthersProcess_ReturnsToAll()
    {
        for (var round = 0; round < 50; round++)
        {
            var mark = MarkLibrary.Open(new byte[16], MarkLibrary.Options(0, 1000));
            var workers = Enumerable.Range(0, 4).Select(_ => Task.Run(() => ProcessUntilClosed(mark))).ToArray();
            await Task.Delay(2, TestContext.Current.CancellationToken);
            Assert.Equal(0, MarkLibrary.Close(mark));
            Assert.All(await Task.WhenAll(workers), static last => Assert.Equal((int)MarkResult.Handle, last));
        }
    }

    private static unsafe int ProcessUntilClosed(ulong mark)
    {
        var logits = new float[1000];
        var text = default(MarkText);
        fixed (float* at = logits)
        {
            int result;
            do
            {
                result = MarkLibrary.Process(mark, &text, at, 1000, 1, null);
                logits.AsSpan().Clear();
            }
            while (result == 0);
            return result;
        }
    }

    private static void Check(MarkResult expected, int result)
    {
        Assert.Equal(expected, (MarkResult)result);
        Assert.NotEmpty(MarkLibrary.LastError());
    }
}
