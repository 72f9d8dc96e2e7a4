using System.CommandLine;

namespace Stillwatch.Cli.Verbs;

/// <summary>What every verb that takes a step in a case is told.</summary>
internal sealed record CaseArguments(Option<string> Log, Option<string> Key, Option<string> Vault, Option<string?> Operator)
{
    public static CaseArguments Create() =>
        new(TransparencyOptions.Log(), TransparencyOptions.Key(), CaseOptions.Vault(), CaseOptions.Operator());

    /// <summary>Adds them to a verb.</summary>
    public VerbCommand AddTo(VerbCommand verb)
    {
        foreach (var option in new Option[] { Log, Key, Vault, Operator })
        {
            verb.Add(option);
        }

        return verb;
    }
}
