namespace Stillwatch.Architecture.Tests;

/// <summary>The length of one method.</summary>
/// <param name="Name">Type and method, as the compiler names them.</param>
/// <param name="Path">The source file as the debug symbols name it.</param>
/// <param name="Lines">Lines of the body.</param>
internal readonly record struct MethodLength(string Name, string Path, int Lines);
