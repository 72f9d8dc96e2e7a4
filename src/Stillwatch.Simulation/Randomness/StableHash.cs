namespace Stillwatch.Simulation.Randomness;

/// <summary>A hash of text that is the same in every process: FNV-1a, finished by <see cref="RandomStream.Mix"/>.</summary>
internal static class StableHash
{
    public static ulong Of(string text)
    {
        var hash = 0xCBF29CE484222325;
        foreach (var character in text)
        {
            hash = (hash ^ character) * 0x100000001B3;
        }

        return RandomStream.Mix(hash);
    }
}
