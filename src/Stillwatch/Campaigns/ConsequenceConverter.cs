namespace Stillwatch.Campaigns;

internal sealed class ConsequenceConverter() : NamedValueConverter<Consequence>(
    "a consequence",
    ("clear", Consequence.Clear),
    ("review", Consequence.Review),
    ("restrict", Consequence.Restrict),
    ("block", Consequence.Block));
