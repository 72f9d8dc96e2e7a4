namespace Stillwatch.Campaigns;

internal sealed class VerdictConverter() : NamedValueConverter<Verdict>(
    "a verdict", ("review", Verdict.Review), ("restrict", Verdict.Restrict), ("block", Verdict.Block));
