using System.Globalization;
using Stillwatch.Benchmarks.Detection.Commands;

namespace Stillwatch.Benchmarks.Detection.Windows;

/// <summary>What the command measures.</summary>
internal sealed record WindowOptions
{
    private const int MaxSeeds = 1000;
    private const int MaxCuts = 100_000;
    private const int MaxWindow = 100_000;

    /// <summary>Folder of the extraction-query pairs.</summary>
    public required string Folder { get; init; }

    /// <summary>Number of seeds, counted from 1; an interval needs two.</summary>
    public int Seeds { get; init; } = 5;

    /// <summary>Queries in a window.</summary>
    public IReadOnlyList<int> WindowSizes { get; init; } = [100, 300, 600];

    /// <summary>Names of the pairs; empty for all.</summary>
    public IReadOnlyList<string> Pairs { get; init; } = [];

    /// <summary>Whether the kinds of evidence are compared instead of the rivals.</summary>
    public bool Ablation { get; init; }

    /// <summary>Number of cuts to test one benign window of each and nothing else; 0 for the whole comparison.</summary>
    public int Cuts { get; init; }

    /// <summary>File of outcomes that a stopped run can be continued from; null for none.</summary>
    public string? Results { get; init; }

    /// <summary>Reads the arguments of the command.</summary>
    /// <exception cref="UnusableException">An argument is unknown, incomplete or out of range.</exception>
    public static WindowOptions Parse(IReadOnlyList<string> arguments)
    {
        var options = new WindowOptions { Folder = "" };
        for (var i = 0; i < arguments.Count; i += 2)
        {
            var value = i + 1 < arguments.Count ? arguments[i + 1] : throw new UnusableException($"{arguments[i]} needs a value.");
            options = arguments[i] switch
            {
                "--data" => options with { Folder = value },
                "--seeds" => options with { Seeds = Number(value, 2, MaxSeeds) },
                "--windows" => options with { WindowSizes = [.. value.Split(',').Select(size => Number(size, 20, MaxWindow))] },
                "--pairs" => options with { Pairs = value.Split(',') },
                "--compare" => options with { Ablation = Comparison(value) },
                "--level" => options with { Cuts = Number(value, 1, MaxCuts) },
                "--results" => options with { Results = value },
                var unknown => throw new UnusableException(
                    $"{unknown} is not known; --data, --seeds, --windows, --pairs, --compare, --level and --results are."),
            };
        }

        return options.Folder.Length > 0 ? options : throw new UnusableException("--data DIR is needed: the folder of the pairs.");
    }

    private static bool Comparison(string value) => value switch
    {
        "rivals" => false,
        "evidence" => true,
        _ => throw new UnusableException($"'{value}' cannot be compared; rivals and evidence can."),
    };

    private static int Number(string text, int lowest, int highest) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= lowest && number <= highest
            ? number
            : throw new UnusableException($"'{text}' is not a whole number from {lowest} to {highest}.");
}
