namespace Stillwatch.Simulation.Scenarios;

/// <summary>What each family of campaigns sets.</summary>
public static class CampaignFamilies
{
    private static readonly CampaignOptions HydraPlain = new()
    {
        Network = CampaignNetwork.Hosting,
        AccountsPerIp = 5,
        AccountsPerPayment = 12,
        Mail = CampaignMail.Own,
        Age = CampaignAge.Burst,
        Client = Uniformity.One,
        Style = Uniformity.One,
        Rhythm = CampaignRhythm.AlwaysOn,
        Balance = LoadBalance.Even,
        Session = 1,
    };

    private static readonly CampaignOptions HydraResidential = new()
    {
        Network = CampaignNetwork.Residential,
        AddressesPerAccount = 2,
    };

    private static readonly CampaignOptions MixedProxy = new()
    {
        Network = CampaignNetwork.Exit,
        AccountsPerPayment = 4,
        Age = CampaignAge.Spread,
        Client = Uniformity.Few,
        Style = Uniformity.Few,
        Rhythm = CampaignRhythm.AlwaysOn,
        Cover = new Interval(0.1, 0.8),
    };

    private static readonly CampaignOptions LowAndSlow = new()
    {
        Network = CampaignNetwork.Residential,
        AddressesPerAccount = 2,
        Paraphrase = 1,
        PerDay = new Interval(5, 25),
        Session = 3,
    };

    /// <summary>The options of a campaign of the family that sets none itself.</summary>
    public static CampaignOptions Defaults(CampaignFamily family) => family switch
    {
        CampaignFamily.HydraPlain => HydraPlain,
        CampaignFamily.HydraResidential => HydraResidential,
        CampaignFamily.MixedProxy => MixedProxy,
        CampaignFamily.LowAndSlow => LowAndSlow,
        _ => throw new ArgumentOutOfRangeException(nameof(family), family, "Not a family of campaigns."),
    };
}
