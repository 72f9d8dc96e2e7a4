using System.Globalization;
using Stillwatch.Benchmarks.Detection.Metrics;
using Stillwatch.Benchmarks.Detection.Worlds;
using Stillwatch.Statistics;

namespace Stillwatch.Benchmarks.Detection.Evasion;

/// <summary>Outcomes of one setting over the seeds as cells of a table.</summary>
/// <param name="outcomes">One a seed.</param>
internal sealed class OutcomeCells(IReadOnlyList<WorldOutcome> outcomes)
{
    /// <summary>Share of the campaigns found, with the exact interval over all campaigns of all seeds.</summary>
    public string CampaignRecall => Exact(
        outcomes.Sum(static outcome => outcome.CampaignsFound), outcomes.Sum(static outcome => outcome.Campaigns), "0.0");

    /// <summary>Share of the campaigns' accounts acted on, mean over seeds with the bootstrap interval.</summary>
    public string AccountRecall => SeedBootstrap.Of(outcomes.Select(static outcome => outcome.AccountRecall)).Percent();

    /// <summary>Benign accounts acted on, counted over all seeds, with the exact interval of their share in percent.</summary>
    public string Benign
    {
        get
        {
            var (acted, all) = (outcomes.Sum(static outcome => outcome.BenignActed), outcomes.Sum(static outcome => outcome.Benign));
            return Line($"{acted:#,0} of {all:#,0}: {Exact(acted, all, "0.####")}");
        }
    }

    /// <summary>The mean over seeds of one campaign's share of accounts acted on.</summary>
    public string RecallOf(string campaign) =>
        SeedBootstrap.Of(outcomes.Select(outcome => outcome.Shares.GetValueOrDefault(campaign, double.NaN))).Percent();

    /// <summary>A share in percent with its exact 95 % interval (Clopper and Pearson); a dash for a share of nothing.</summary>
    public static string Exact(long count, long of, string format)
    {
        if (of == 0)
        {
            return "–";
        }

        var interval = ClopperPearson.Interval(count, of, SampleSupport.Confidence);
        return $"{Text(count / (double)of)} ({Text(interval.Lower)}–{Text(interval.Upper)})";

        string Text(double share) => (100 * share).ToString(format, CultureInfo.InvariantCulture);
    }

    private static string Line(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
