using Stillwatch.Benchmarks.Detection.Coordination;

namespace Stillwatch.Benchmarks.Detection.Tests.Coordination;

public sealed class InteractionTableTests
{
    private const string Wrapper = "Rewrite the following passage politely.";

    [Fact]
    public void Table_AddressesOfOneNetwork_ShareTheNetworkOnly()
    {
        var log = new RequestLog().Add("a", 0, "x", "192.0.2.1").Add("b", 1, "x", "192.0.2.9").Add("c", 2, "x", "198.51.100.1");
        var rows = log.Table().Rows;
        Assert.NotEqual(rows[0].Address, rows[1].Address);
        Assert.Equal(rows[0].Network, rows[1].Network);
        Assert.NotEqual(rows[0].Network, rows[2].Network);
        Assert.Equal(rows[0].AutonomousSystem, rows[2].AutonomousSystem);
    }

    [Fact]
    public void Register_AccountOfTheLog_HasItsPayment()
    {
        var table = new RequestLog().Add("a", 0, "x").Add("b", 1, "x").Table();
        table.Register(new("a"), 5, 0);
        table.Register(new("b"), 5, 6);
        table.Register(new("unseen"), 7, 0);
        Assert.Equal(table.RegistrationOf(0).Payment, table.RegistrationOf(1).Payment);
        Assert.Equal(InteractionTable.None, table.RegistrationOf(0).EmailDomain);
        Assert.Equal(InteractionTable.None, table.IndexOf(new("unseen")));
    }

    /// <summary>A wrapper counts where it comes again; what is asked once is no habit, and an address counts from the first use.</summary>
    [Fact]
    public void Use_RepeatedPhrase_IsAHabit()
    {
        var log = new RequestLog();
        for (var i = 0; i < 3; i++)
        {
            log.Add("a", i, $"{Wrapper} Item {(char)('p' + i)} about trains number {(char)('k' + i)}.");
        }

        var table = log.Add("b", 9, $"{Wrapper} Only once.", "198.51.100.1").Table();
        var use = new AttributeUse(table);
        var wrapper = table.PhrasesOf(0)[0];
        Assert.Equal(wrapper, table.PhrasesOf(3)[0]);
        Assert.True(use.Repeats(0, wrapper));
        Assert.False(use.Repeats(1, wrapper));
        Assert.Equal([wrapper], use.Graph(AttributeKind.Phrase).ValuesOf(0).ToArray());
        Assert.Equal(1, use.Graph(AttributeKind.Address).ValuesOf(1).Length);
    }

    [Fact]
    public void Templates_SharedWrapper_IsTheTemplateOfAllThatUseIt()
    {
        var log = new RequestLog();
        for (var account = 0; account < 30; account++)
        {
            for (var i = 0; i < 2; i++)
            {
                var prompt = account < 3 ? $"{Wrapper} Item {account} {(char)('k' + i)}." : $"Own {new string('w', account)}.";
                log.Add($"a{account}", (60 * account) + i, prompt);
            }
        }

        var table = log.Table();
        var templates = Templates.Of(table, new(table));
        Assert.Single(templates.Take(6).Select(static action => action.Object).Distinct());
        Assert.NotEqual(InteractionTable.None, templates[0].Object);
        Assert.NotEqual(templates[0].Object, templates[10].Object);
    }

    [Fact]
    public void Tensor_RequestsOfOneSpan_AreOneTuple()
    {
        var log = new RequestLog();
        for (var account = 0; account < 30; account++)
        {
            var word = new string((char)('a' + (account % 26)), 4 + account);
            log.Add($"a{account}", 0, $"Own {word}.").Add($"a{account}", 300, $"Own {word}.");
        }

        var input = new RivalInput(log.Table());
        Assert.Equal(30, input.Tensor.Count);
        Assert.All(input.Tensor.Masses, static mass => Assert.Equal(2, mass));
    }
}
