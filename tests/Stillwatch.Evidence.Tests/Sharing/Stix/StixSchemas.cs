using System.Formats.Tar;
using System.IO.Compression;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Stillwatch.Evidence.Tests.Sharing.Stix;

/// <summary>The schemas of the OASIS committee, unpacked once, and AJV over them.</summary>
public sealed class StixSchemas : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("stillwatch-stix-");

    public void Dispose() => _folder.Delete(recursive: true);

    /// <summary>What is wrong with each object, as AJV and a recomputation of the ids say.</summary>
    internal async Task<IReadOnlyList<string[]>> FaultsAsync(JsonArray objects)
    {
        var schemas = Unpack("stix/stix21-schemas.tar.gz");
        var answer = await NodeOracle.RunAsync(
            "stix-schemas.mjs",
            objects.ToJsonString(),
            Path.Combine(schemas, "schemas"),
            SharedFolder.Data("stix/tlp2-marking.schema.json"));
        return JsonSerializer.Deserialize<string[][]>(answer)!;
    }

    internal string Unpack(string archive)
    {
        var target = Path.Combine(_folder.FullName, Path.GetFileName(archive));
        if (!Directory.Exists(target))
        {
            Directory.CreateDirectory(target);
            using var stream = new GZipStream(File.OpenRead(SharedFolder.Data(archive)), CompressionMode.Decompress);
            TarFile.ExtractToDirectory(stream, target, overwriteFiles: false);
        }

        return target;
    }
}
