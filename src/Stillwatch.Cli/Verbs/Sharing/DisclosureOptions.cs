using System.CommandLine;

namespace Stillwatch.Cli.Verbs.Sharing;

/// <summary>The log that records what is given out. Every verb that gives something takes it: there is no way around.</summary>
internal sealed class DisclosureOptions
{
    private readonly Option<string> _log = TransparencyOptions.Log();
    private readonly Option<string> _key = TransparencyOptions.Key();

    public DisclosureOptions()
    {
        _log.Description = "The transparency log in which the disclosure is an entry before anything is given out ('stillwatch log init').";
        _key.Description = "The log's private key, as 'stillwatch log key' made it.";
    }

    /// <summary>Adds the options to a verb.</summary>
    public void AddTo(Command verb)
    {
        verb.Add(_log);
        verb.Add(_key);
    }

    /// <summary>The way out, over the log; fails at once where there is no log of this key.</summary>
    public OpenGate Open(ParseResult parsed) => new(parsed.GetRequiredValue(_log), parsed.GetRequiredValue(_key));
}
