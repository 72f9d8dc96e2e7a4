using Stillwatch.Evidence.Signing;

namespace Stillwatch.Evidence.Tests.Signing;

/// <summary>Keys from fixed seeds, and keys that others have published for tests; none protects anything.</summary>
internal static class TestKeys
{
    /// <summary>The signing half of Tessera's test log, as testdata/build_log.sh prints it.</summary>
    public const string Tessera =
        "PRIVATE+KEY+example.com/log/testdata+33d7b496+AeymY/SZAX0jZcJ8enZ5FY1Dz+wTML2yWSkK+9DSF3eg";

    /// <summary>The verifying half.</summary>
    public const string TesseraVerifier = "example.com/log/testdata+33d7b496+AeHTu4Q3hEIMHNqc6fASMsq3rKNx280NI+oO5xCFkkSx";

    /// <summary>A log's key; the seed is one byte repeated.</summary>
    public static NoteSigningKey Log(string name, byte seed = 1) => Of(name, NoteKeyType.Ed25519, seed);

    /// <summary>A witness's key; the seed is one byte repeated.</summary>
    public static NoteSigningKey Witness(string name, byte seed = 2) => Of(name, NoteKeyType.Cosignature, seed);

    private static NoteSigningKey Of(string name, NoteKeyType type, byte seed) =>
        new(name, type, new(Enumerable.Repeat(seed, Ed25519PrivateKey.SeedLength).ToArray()));
}
