namespace Stillwatch.Evidence.TransparencyLog;

/// <summary>Something that is wrong with a log's files.</summary>
/// <param name="Path">Which file, relative to the log.</param>
/// <param name="Reason">What is wrong with it.</param>
public sealed record FsckFault(string Path, string Reason);
