using System.Runtime.InteropServices;
using Stillwatch.Store.Engine;
using Stillwatch.Store.Engine.Embedded;

namespace Stillwatch.Tests.Store.Engine.Embedded;

public sealed class EngineLibraryTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("stillwatch-library-").FullName;

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Fact]
    public void Find_AboveTheProgram_FindsThePackage()
    {
        var library = Path.Combine(_directory, "node_modules/@chdb/lib-linux-x64-gnu/libchdb.so");
        Directory.CreateDirectory(Path.GetDirectoryName(library)!);
        File.WriteAllText(library, "");
        var program = Directory.CreateDirectory(Path.Combine(_directory, "artifacts/bin/x")).FullName;
        Assert.Equal(library, EngineLibrary.Find(program, static _ => null));
    }

    [Fact]
    public void Find_OfTheVariable_GoesFirst()
    {
        var library = Path.Combine(_directory, "other.so");
        File.WriteAllText(library, "");
        Assert.Equal(library, EngineLibrary.Find(AppContext.BaseDirectory, name => name == "STILLWATCH_LIBCHDB" ? library : null));
    }

    [Fact]
    public void Find_WhereNothingIsInstalled_SaysWhatToDo()
    {
        var refused = Assert.Throws<StoreUnavailableException>(() => EngineLibrary.Find("/nowhere/bin", static _ => null));
        Assert.Contains("npm ci", refused.Message, StringComparison.Ordinal);
        Assert.Contains("'/nowhere/bin'", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Find_OfAVariableThatNamesNoFile_SaysSo()
    {
        var refused = Assert.Throws<StoreUnavailableException>(() => EngineLibrary.Find(_directory, static _ => "/nowhere/libchdb.so"));
        Assert.Contains("/nowhere/libchdb.so", refused.Message, StringComparison.Ordinal);
        Assert.Contains("STILLWATCH_LIBCHDB", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false, Architecture.X64, "osx-x64")]
    [InlineData(true, Architecture.Arm64, "linux-arm64")]
    [InlineData(true, Architecture.X64, "linux-musl-x64")]
    public void Platform_OfAnotherKind_IsToldToUseAServer(bool isLinux, Architecture architecture, string runtime)
    {
        var refused = Assert.Throws<StoreUnavailableException>(() => EngineLibrary.ThrowIfUnsupported(isLinux, architecture, runtime));
        Assert.Contains(runtime, refused.Message, StringComparison.Ordinal);
        Assert.Contains("--store http://", refused.Message, StringComparison.Ordinal);
    }
}
