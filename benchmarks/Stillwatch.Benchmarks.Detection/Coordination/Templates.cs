using Stillwatch.Coordination;

namespace Stillwatch.Benchmarks.Detection.Coordination;

/// <summary>The one template of every interaction, for methods that take one object an action.</summary>
/// <remarks>
/// Of what the interaction carries and its account repeats (phrases, system prompt, set of tools) the value that most accounts repeat,
/// of those that at most a tenth of all accounts do: the product's bound for what everybody uses. The lowest number decides ties.
/// </remarks>
internal static class Templates
{
    /// <summary>
    /// One action an interaction, in the order of rows; the object is <see cref="InteractionTable.None"/> without a template.
    /// </summary>
    public static IReadOnlyList<AccountAction> Of(InteractionTable table, AttributeUse use)
    {
        var graph = use.Graph(AttributeKind.Phrase, AttributeKind.SystemPrompt, AttributeKind.ToolSet);
        var most = Math.Max(2, SharingGraphBuilder.PopularShare * table.Accounts.Count);
        var actions = new List<AccountAction>(table.Rows.Length);
        for (var index = 0; index < table.Rows.Length; index++)
        {
            var row = table.Rows[index];
            var best = InteractionTable.None;
            Offer(row.SystemPrompt);
            Offer(row.ToolSet);
            foreach (var phrase in table.PhrasesOf(index))
            {
                Offer(phrase);
            }

            actions.Add(new(row.Account, best, row.ObservedAtMs));

            void Offer(int value)
            {
                if (value != InteractionTable.None && use.Repeats(row.Account, value) && Users(value) <= most
                    && (best == InteractionTable.None || (Users(value), -value).CompareTo((Users(best), -best)) > 0))
                {
                    best = value;
                }
            }
        }

        return actions;

        int Users(int value) => graph.AccountsOf(value).Length;
    }
}
