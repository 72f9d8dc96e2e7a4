using System.Text;
using Stillwatch.Interactions;
using Stillwatch.Statistics;

namespace Stillwatch.IntegrationTests.Hunting;

/// <summary>One account of a <see cref="SyntheticLog"/>: who it is, where it comes from and when it is awake.</summary>
internal sealed class SyntheticAccount
{
    private static readonly string[] Programs = ["python-client/2.1", "node-client/4.0", "curl/8.5", "studio/1.2", "java-client/3.3"];

    private readonly List<Interaction> _interactions = [];

    public SyntheticAccount(string name, int number, ref SeededGenerator generator)
    {
        Name = name;
        Addresses = [new ClientAddress((0xffff_0a00_0000UL + ((ulong)number << 8)) | (uint)generator.Next(250))];
        AutonomousSystem = 64_500u + (uint)generator.Next(40);
        Program = Programs[generator.Next(Programs.Length)];
        Ja4 = $"t13d_{generator.Next(8)}";
        Temperature = generator.Next(4) switch { 0 => null, var step => step * 0.3 };
        Payment = $"pay_{number}";
        EmailDomain = generator.Next(3) > 0 ? "mail.example" : $"d{number}.example";
        WakesAtHour = generator.Next(24);
        CreatedMs = SyntheticLog.StartMs - ((long)generator.Next(300 * 24 * 60) * 60_000);
    }

    public string Name { get; }

    public string? Organization { get; init; }

    public IReadOnlyList<ClientAddress> Addresses { get; init; }

    public uint AutonomousSystem { get; init; }

    public string Program { get; init; }

    public string Ja4 { get; init; }

    public double? Temperature { get; init; }

    public string Payment { get; init; }

    public string EmailDomain { get; init; }

    public long CreatedMs { get; init; }

    /// <summary>Begin of its eleven active hours of a day (UTC).</summary>
    public int WakesAtHour { get; init; }

    public string? System { get; init; }

    public IReadOnlyList<Interaction> Interactions => _interactions;

    public AccountRegistration Registration => new()
    {
        Account = new(Name),
        CreatedMs = CreatedMs,
        Organization = Organization,
        EmailDomain = EmailDomain,
        Payment = Payment,
        Country = "DE",
        Program = "api",
    };

    /// <summary>Some time of the days from one to another (exclusive) at which the account is awake.</summary>
    public long SomeTime(int fromDay, int toDay, ref SeededGenerator generator)
    {
        var day = fromDay + generator.Next(toDay - fromDay);
        var minute = (WakesAtHour * 60 + generator.Next(11 * 60)) % (24 * 60);
        return SyntheticLog.StartMs + (((day * 24L * 60) + minute) * 60_000) + generator.Next(60_000);
    }

    /// <summary>Sends a prompt.</summary>
    public void Send(long time, string prompt, ref SeededGenerator generator) => _interactions.Add(new()
    {
        Id = $"{Name}-{_interactions.Count}",
        ObservedAtMs = time,
        Account = new(Name),
        Organization = Organization,
        Model = generator.Next(3) == 0 ? "aurora-1" : "aurora-2",
        Client = new(Addresses[generator.Next(Addresses.Count)], AutonomousSystem, "DE", Program, Ja4),
        Request = new()
        {
            System = System is null ? null : Encoding.UTF8.GetBytes(System),
            Messages = [new("user", Encoding.UTF8.GetBytes(prompt))],
            Parameters = new(Temperature, null, null, null, null, null, null, null),
        },
        ResponseText = "As you wish."u8.ToArray(),
        Usage = new(100, 200, 0),
        Status = 200,
        LatencyMs = 900,
    });
}
