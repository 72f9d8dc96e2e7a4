using Stillwatch.Evidence.Disclosures;
using Stillwatch.Evidence.Signing;

namespace Stillwatch.Cli.Verbs.Sharing;

/// <summary>A gate over a log, with the key that signs there.</summary>
internal sealed class OpenGate : IDisposable
{
    private readonly NoteSigningKey _key;
    private readonly DisclosureLog _log;

    public OpenGate(string log, string key)
    {
        _key = SigningKeyFile.Read(key);
        try
        {
            _log = DisclosureLog.Open(log, _key);
        }
        catch
        {
            _key.Dispose();
            throw;
        }

        Gate = new(_log);
    }

    /// <summary>The one way out.</summary>
    public DisclosureGate Gate { get; }

    public void Dispose()
    {
        _log.Dispose();
        _key.Dispose();
    }
}
