namespace Stillwatch.Coordination;

/// <summary>
/// The two independent sides from which accounts are compared. Groups found on one side are tested on the other, so that no
/// evidence is used twice.
/// </summary>
public enum SharingView : byte
{
    /// <summary>What the accounts ask: phrases, system prompts, tools.</summary>
    Template = 1,

    /// <summary>Where they come from and who pays: payments, mail domains, addresses, networks, clients.</summary>
    Infrastructure = 2,
}
