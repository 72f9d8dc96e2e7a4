using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace Stillwatch.Architecture.Tests;

/// <summary>How many lines the bodies of an assembly's methods have, read from the line table of its embedded debug symbols.</summary>
/// <remarks>
/// A body is counted from its first to its last line, braces left out. Of constructors the lines with code are counted, because the
/// initializers of fields belong to them wherever they stand. Generated files are left out.
/// </remarks>
internal static class MethodLengths
{
    private const string GeneratedFolder = "/obj/";

    public static IReadOnlyList<MethodLength> Read(string assemblyPath)
    {
        using var file = new PEReader(File.OpenRead(assemblyPath));
        var embedded = file.ReadDebugDirectory().Single(entry => entry.Type == DebugDirectoryEntryType.EmbeddedPortablePdb);
        using var symbols = file.ReadEmbeddedPortablePdbDebugDirectoryData(embedded);
        var metadata = file.GetMetadataReader();
        var lines = symbols.GetMetadataReader();
        return [.. metadata.MethodDefinitions.SelectMany(method => Read(metadata, lines, method))];
    }

    private static IEnumerable<MethodLength> Read(MetadataReader metadata, MetadataReader lines, MethodDefinitionHandle handle)
    {
        var information = lines.GetMethodDebugInformation(handle.ToDebugInformationHandle());
        var points = information.GetSequencePoints().Where(point => !point.IsHidden).ToList();
        if (points.Count == 0 || lines.GetString(lines.GetDocument(points[0].Document).Name) is not { } path || IsGenerated(path))
        {
            yield break;
        }

        var method = metadata.GetMethodDefinition(handle);
        var name = metadata.GetString(method.Name);
        var length = name is ".ctor" or ".cctor"
            ? points.SelectMany(point => Enumerable.Range(point.StartLine, point.EndLine - point.StartLine + 1)).Distinct().Count()
            : BodyLines(points);
        yield return new($"{TypeName(metadata, method.GetDeclaringType())}.{name}", path, length);
    }

    private static int BodyLines(List<SequencePoint> points)
    {
        var (first, last) = (points.MinBy(point => point.StartLine), points.MaxBy(point => point.EndLine));
        return last.EndLine - first.StartLine + 1 - Brace(first) - Brace(last);
    }

    /// <summary>1 for a point that is a brace of the block, which stands on a line of its own.</summary>
    private static int Brace(SequencePoint point) => point.StartLine == point.EndLine && point.EndColumn - point.StartColumn == 1 ? 1 : 0;

    private static bool IsGenerated(string path) =>
        path.Contains(GeneratedFolder, StringComparison.Ordinal) || path.EndsWith(".g.cs", StringComparison.Ordinal);

    private static string TypeName(MetadataReader metadata, TypeDefinitionHandle handle)
    {
        var type = metadata.GetTypeDefinition(handle);
        var name = metadata.GetString(type.Name);
        return type.GetDeclaringType() is { IsNil: false } outer ? $"{TypeName(metadata, outer)}.{name}" : name;
    }
}
