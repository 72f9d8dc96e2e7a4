using Stillwatch.Campaigns;

namespace Stillwatch.Evaluation;

internal sealed class AccountLabelConverter() : NamedValueConverter<AccountLabel>(
    "a label", ("benign", AccountLabel.Benign), ("campaign", AccountLabel.Campaign));
