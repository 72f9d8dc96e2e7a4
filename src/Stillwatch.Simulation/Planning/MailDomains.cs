using System.Globalization;
using Stillwatch.Simulation.Randomness;

namespace Stillwatch.Simulation.Planning;

/// <summary>Domains of e-mail addresses; all made up, under the reserved name <c>example</c> (RFC 2606).</summary>
internal static class MailDomains
{
    private static readonly string[] Providers =
    [
        "bluemail.example", "postbox.example", "skymail.example", "letterhub.example", "mailbird.example", "courrier.example",
        "inboxly.example", "correo.example", "briefkasten.example", "netpost.example", "pochta.example", "yumail.example",
    ];

    private static readonly string[] Disposable =
    [
        "tenminutes.example", "throwmail.example", "burnerbox.example", "fleeting.example", "trashbin.example", "onceonly.example",
        "maildrop.example", "tempest.example", "ghostpost.example",
    ];

    public static string Provider(ref RandomStream stream) => Providers[stream.Zipf(Providers.Length)];

    public static string Throwaway(ref RandomStream stream) => Disposable[stream.Zipf(Disposable.Length)];

    /// <summary>A domain of one owner.</summary>
    public static string Own(ulong key) =>
        string.Create(CultureInfo.InvariantCulture, $"d{RandomStream.Derive(key, StreamPurpose.Registration) >> 24:x10}.example");
}
