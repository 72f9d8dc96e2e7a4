using Stillwatch.Interactions;

namespace Stillwatch.Store.Ingestion;

/// <summary>Takes from an interaction the texts of which not even a sketch may be kept.</summary>
internal static class ContentFilter
{
    /// <summary>Whether the policy leaves out anything at all.</summary>
    public static bool LeavesOut(ContentPolicy policy) =>
        policy.System == ContentTreatment.None || policy.Messages == ContentTreatment.None || policy.Tools == ContentTreatment.None;

    /// <summary>The interaction without the texts whose treatment is <see cref="ContentTreatment.None"/>.</summary>
    public static Interaction Apply(Interaction interaction, ContentPolicy policy) =>
        interaction.WithRequest(Reduce(interaction.Request, policy));

    private static PromptContent Reduce(PromptContent request, ContentPolicy policy) => new()
    {
        System = policy.System == ContentTreatment.None ? null : request.System,
        Messages = [.. request.Messages.Where(message => TreatmentOf(message, policy) != ContentTreatment.None)],
        Tools = policy.Tools == ContentTreatment.None ? [] : request.Tools,
        Parameters = request.Parameters,
    };

    private static ContentTreatment TreatmentOf(PromptMessage message, ContentPolicy policy) =>
        message.Role is "system" or "developer" ? policy.System : policy.Messages;
}
