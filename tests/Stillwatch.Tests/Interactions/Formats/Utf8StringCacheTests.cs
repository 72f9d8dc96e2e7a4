using System.Text;
using Stillwatch.Interactions.Formats;

namespace Stillwatch.Tests.Interactions.Formats;

public sealed class Utf8StringCacheTests
{
    [Fact]
    public void Get_ValuesThatComeAgain_AreTheSameString()
    {
        var cache = new Utf8StringCache();
        Assert.Same(cache.Get("OpenAI/Python 1.59.1"u8), cache.Get("OpenAI/Python 1.59.1"u8));
        Assert.Same(cache.Get("é"u8), cache.Get("é"u8));
        Assert.Same("", cache.Get(""u8));
    }

    [Fact]
    public void Get_ManyValues_AreNeverMixedUp()
    {
        var cache = new Utf8StringCache();
        var random = new Random(3);
        for (var i = 0; i < 50_000; i++)
        {
            var head = new string((char)('a' + random.Next(3)), random.Next(30));
            var value = head + random.Next(50_000) + new string('z', random.Next(3) * 70);
            Assert.Equal(value, cache.Get(Encoding.UTF8.GetBytes(value)));
        }
    }

    [Fact]
    public void Get_RepeatedValue_AllocatesNothing()
    {
        var cache = new Utf8StringCache();
        cache.Get("aurora-2-large"u8);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1000; i++)
        {
            cache.Get("aurora-2-large"u8);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        cache.Get("never seen before"u8);
        Assert.NotEqual(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }
}
