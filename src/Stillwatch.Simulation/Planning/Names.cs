using System.Globalization;
using System.Text;
using Stillwatch.Simulation.Randomness;

namespace Stillwatch.Simulation.Planning;

/// <summary>Made-up names and identifiers.</summary>
internal static class Names
{
    private static readonly string[] Onsets = "b br c cl d dr f fl g gr h j k l m n p pl qu r s sk st t tr v w z".Split(' ');
    private static readonly string[] Vowels = "a e i o u ai eo ia io".Split(' ');

    /// <summary>An account's name: 16 hexadecimal digits that are a bijection of its number.</summary>
    public static string Account(ulong seed, int number) => Hex("acct_", RandomStream.Derive(seed, StreamPurpose.Identifier, (uint)number));

    /// <summary>The identifier of one of an account's keys.</summary>
    public static string ApiKey(ulong accountKey) => Hex("key_", RandomStream.Derive(accountKey, StreamPurpose.Identifier) >> 8);

    /// <summary>A request's identifier, unique because it is a bijection of account number and ordinal.</summary>
    public static string Request(ulong seed, int account, uint ordinal) =>
        Hex("req_", RandomStream.Derive(seed, StreamPurpose.Request, ((ulong)account << 32) | ordinal));

    public static string Organization(ulong groupKey) => Hex("org_", RandomStream.Derive(groupKey, StreamPurpose.Identifier) >> 24);

    public static string Payment(ulong key) => Hex("pay_", RandomStream.Mix(key));

    public static string Coin(ref RandomStream stream)
    {
        var name = new StringBuilder();
        for (var i = stream.Between(2, 3); i > 0; i--)
        {
            name.Append(stream.Pick<string>(Onsets)).Append(stream.Pick<string>(Vowels));
        }

        name[0] = char.ToUpperInvariant(name[0]);
        return name.ToString();
    }

    private static string Hex(string prefix, ulong bits) => string.Create(
        prefix.Length + 16,
        (prefix, bits),
        static (text, state) =>
        {
            state.prefix.CopyTo(text);
            state.bits.TryFormat(text[state.prefix.Length..], out _, "x16", CultureInfo.InvariantCulture);
        });
}
