using Stillwatch.Benchmarks.Detection.Commands;
using Stillwatch.Benchmarks.Detection.Metrics;
using Stillwatch.Evaluation;

namespace Stillwatch.Benchmarks.Detection.Coordination;

/// <summary>Reads the truth of a log for the accounts of its table.</summary>
internal static class LogTruth
{
    private const string Unnamed = "unnamed";

    /// <summary>Reads a truth file.</summary>
    /// <exception cref="UnusableException">There is no such file.</exception>
    public static async Task<LabelledAccounts> ReadAsync(string path, InteractionTable table, CancellationToken cancellation)
    {
        if (!File.Exists(path))
        {
            throw new UnusableException($"{path}: there is no such file.");
        }

        await using var file = File.OpenRead(path);
        return Of(table, await TruthReader.ReadAsync(file, path, cancellation));
    }

    /// <summary>The labels by number of the table; accounts without a label, or without an interaction, count in no figure.</summary>
    public static LabelledAccounts Of(InteractionTable table, Truth truth)
    {
        var count = table.Accounts.Count;
        var (positive, counted) = (new bool[count], new bool[count]);
        var (campaign, classes) = (new int[count], new string[count]);
        Array.Fill(campaign, -1);
        Array.Fill(classes, string.Empty);
        var names = truth.Campaigns.Keys.Select(static (name, index) => (name, index)).ToDictionary();
        foreach (var label in truth.Accounts.Values)
        {
            if (table.IndexOf(label.Account) is InteractionTable.None)
            {
                continue;
            }

            var index = table.IndexOf(label.Account);
            (counted[index], positive[index]) = (true, label.Label == AccountLabel.Campaign);
            campaign[index] = label.Campaign is { } name && positive[index] ? names[name] : -1;
            classes[index] = label.Class ?? Unnamed;
        }

        return new(positive, counted, campaign, classes);
    }
}
