namespace Stillwatch.Cli;

/// <summary>Opens what an option names as input.</summary>
internal static class InputStream
{
    /// <param name="path">A file; "-" is standard input.</param>
    /// <exception cref="UnusableException">There is no such file, or it may not be read.</exception>
    public static Stream Open(string path)
    {
        try
        {
            return path == "-" ? StandardInput.Open() : File.OpenRead(path);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new UnusableException($"{path}: there is no such file.");
        }
        catch (UnauthorizedAccessException)
        {
            throw new UnusableException($"{path}: {(Directory.Exists(path) ? "is a directory" : "may not be read")}; give a file.");
        }
    }
}
