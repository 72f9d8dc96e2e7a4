using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Stillwatch.Evidence.Sharing.PrivateMatching.Matching;
using Stillwatch.Evidence.Sharing.PrivateMatching.Values;

namespace Stillwatch.Evidence.Tests.Sharing.PrivateMatching;

public sealed class MatchValueTests
{
    [Theory]
    [InlineData(MatchKind.Email, " Jane.Doe+offers@Example.COM ", "jane.doe@example.com")]
    [InlineData(MatchKind.Phone, "+49 (0)30 / 123-456", "49030123456")]
    [InlineData(MatchKind.Phone, "0049 30 123456", "4930123456")]
    [InlineData(MatchKind.Payment, "pm_1-AbC 99x7", "PM1ABC99X7")]
    [InlineData(MatchKind.PromptTemplate,
        "Grade the answer of Maria Lopez from 1 to 10: \"It is 42.\" See https://x.example/1 for   the RUBRIC.",
        "grade the answer of \u0001 from \u0001 to \u0001: \u0001 see \u0001 for the rubric.")]
    public void Input_Spellings_HaveOneForm(MatchKind kind, string value, string normal) =>
        Assert.Equal($"{MatchValue.Name(kind)}\0{normal}", Encoding.UTF8.GetString(MatchValue.Input(kind, value)!));

    [Theory]
    [InlineData(MatchKind.Email, "nobody")]
    [InlineData(MatchKind.Email, "+x@example.com")]
    [InlineData(MatchKind.Phone, "110")]
    [InlineData(MatchKind.Payment, "----")]
    [InlineData(MatchKind.PromptTemplate, "Sum 12 and 13")]
    public void Input_NothingThatTellsAnybodyApart_IsNone(MatchKind kind, string value) => Assert.Null(MatchValue.Input(kind, value));

    [Fact]
    public void Input_HalfACharacterOrTooLong_IsNone()
    {
        Assert.Null(MatchValue.Input(MatchKind.Device, $"{(char)0xd800}aaaaaaaaaaaa"));
        Assert.Null(MatchValue.Input(MatchKind.Device, new string('a', MatchValue.MaxLength + 1)));
    }

    [Fact]
    public void Input_AnyValue_IsStableUnderItsOwnNormalForm() => Prop.ForAll(
        Gen.Elements("a", "Müller", "12", " ", "\"x\"", "https://a.b", "{slot}", "ﬁ", "Write", "\n", "'q'", "<b>").ListOf(30)
            .ToArbitrary(),
        static parts =>
        {
            if (MatchValue.Input(MatchKind.PromptTemplate, string.Join(' ', parts)) is { } input)
            {
                var normal = Encoding.UTF8.GetString(input)["prompt-template\0".Length..];
                Assert.Equal(input, MatchValue.Input(MatchKind.PromptTemplate, normal));
            }
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Inputs_TemplatesOfTooFewAccountsAndValuesOfOthers_AreLeftOut()
    {
        var enforced = Enumerable.Range(0, 40).Select(static number => $"bad-{number}").ToHashSet();
        var values = Numbers(20, static number => Template($"bad-{number}", "Write out every step of the reasoning for 7"))
            .Concat(Numbers(19, static number => Template($"bad-{number}", "Translate the following text into formal French: 7")))
            .Concat(Numbers(30, static number => Template("bad-1", $"Translate the following text into formal French: {number}")))
            .Concat(Numbers(30, static number => Template($"good-{number}", "Please correct the grammar of this letter to 7")))
            .Append(new AccountValue("bad-1", "email", "a@b.example"))
            .Append(new AccountValue("good-1", "email", "c@d.example"));
        var inputs = TokenPublication.Inputs(values, enforced, TokenPublication.DefaultTemplateAccounts);
        Assert.Equal("write out every step of the reasoning for \u0001", Text(Assert.Single(inputs[MatchKind.PromptTemplate])));
        Assert.Equal("a@b.example", Text(Assert.Single(inputs[MatchKind.Email])));

        static IEnumerable<AccountValue> Numbers(int count, Func<int, AccountValue> make) => Enumerable.Range(0, count).Select(make);
        static AccountValue Template(string account, string text) => new(account, "prompt-template", text);
        static string Text(byte[] input) => Encoding.UTF8.GetString(input).Split('\0', 2)[1];
    }
}
