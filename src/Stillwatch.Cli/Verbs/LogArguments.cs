using System.CommandLine;

namespace Stillwatch.Cli.Verbs;

/// <summary>Arguments and options of a verb that looks through logs.</summary>
internal sealed record LogArguments(
    Argument<string[]> Inputs,
    Option<string?> Accounts,
    Option<string> Store,
    Option<string> Format,
    Option<string?> Columns,
    Option<string?> Keep,
    Option<bool> Strict,
    Option<int> MaxLine)
{
    /// <summary>Adds them to a verb; without logs the verb looks through the store as it is.</summary>
    public void AddTo(Command verb)
    {
        Inputs.Arity = ArgumentArity.ZeroOrMore;
        Inputs.Description +=
            " Without --store they get a store of their own for the while; without any, the store is looked through as it is.";
        verb.Add(Inputs);
        foreach (var option in new Option[] { Accounts, Store, Format, Columns, Keep, Strict, MaxLine })
        {
            verb.Add(option);
        }
    }
}
