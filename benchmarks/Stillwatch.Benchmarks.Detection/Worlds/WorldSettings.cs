using System.Globalization;
using Stillwatch.Benchmarks.Detection.Commands;

namespace Stillwatch.Benchmarks.Detection.Worlds;

/// <summary>What all commands that make worlds are told.</summary>
/// <param name="Source">What makes them.</param>
/// <param name="Seeds">One world each.</param>
/// <param name="Results">Where measurements are kept; null keeps none.</param>
/// <param name="Hunt">Makes and hunts.</param>
internal sealed record WorldSettings(IWorldSource Source, IReadOnlyList<ulong> Seeds, string? Results, WorldHunt Hunt)
{
    /// <summary>How the options are told.</summary>
    public const string Usage = "[--composer FILE --data DIRECTORY] [--seeds N,N,...] [--results FILE] [--scratch DIRECTORY]";

    /// <summary>The options.</summary>
    public static readonly string[] Options = ["--composer", "--data", "--seeds", "--results", "--scratch"];

    private const string UsualSeeds = "301,302,303,304,305";

    /// <summary>Reads the options of a command that knows its scenarios.</summary>
    /// <exception cref="UnusableException">They cannot be used.</exception>
    public static WorldSettings Of(CommandArguments arguments) => arguments.Rest.Count == 0
        ? OfOptions(arguments)
        : throw new UnusableException($"{arguments.Rest[0]}: this command makes its worlds itself and takes options only.");

    /// <summary>Reads the options, whatever else is given.</summary>
    /// <exception cref="UnusableException">They cannot be used.</exception>
    public static WorldSettings OfOptions(CommandArguments arguments)
    {
        var source = (arguments.Single("--composer"), arguments.Single("--data")) switch
        {
            (null, null) => (IWorldSource)new SimulatedWorlds(),
            ({ } program, { } data) when File.Exists(program) => new ComposedWorlds(program, data),
            ({ } program, { }) => throw new UnusableException($"{program}: there is no such file."),
            _ => throw new UnusableException("--composer FILE and --data DIRECTORY go together; without them the simulator makes worlds."),
        };
        return new(source, ParseSeeds(arguments.Single("--seeds") ?? UsualSeeds), arguments.Single("--results"),
            new(source, arguments.Single("--scratch") ?? Path.GetTempPath()));
    }

    private static ulong[] ParseSeeds(string list) =>
    [
        .. list.Split(',').Select(static text => ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seed)
            ? seed
            : throw new UnusableException($"--seeds takes numbers such as 301,302, not {text}.")),
    ];
}
