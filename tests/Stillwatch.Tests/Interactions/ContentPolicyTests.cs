using Stillwatch.Interactions;

namespace Stillwatch.Tests.Interactions;

public sealed class ContentPolicyTests
{
    [Theory]
    [InlineData("full", ContentTreatment.Full, ContentTreatment.Full, ContentTreatment.Full, ContentTreatment.Full)]
    [InlineData("system=none", ContentTreatment.None, ContentTreatment.Sketch, ContentTreatment.Sketch, ContentTreatment.Sketch)]
    [InlineData(
        "system=none, Messages=Sketch,response=full,tools = none",
        ContentTreatment.None, ContentTreatment.Sketch, ContentTreatment.None, ContentTreatment.Full)]
    public void TryParse_Choices_SetTheirFields(
        string text, ContentTreatment system, ContentTreatment messages, ContentTreatment tools, ContentTreatment response)
    {
        Assert.True(ContentPolicy.TryParse(text, out var policy, out var error));
        Assert.Null(error);
        Assert.Equal(new ContentPolicy(system, messages, tools, response), policy);
        Assert.True(ContentPolicy.TryParse(policy.ToString(), out var again, out _));
        Assert.Equal(policy, again);
    }

    [Theory]
    [InlineData("", "no choice")]
    [InlineData("system", "no choice")]
    [InlineData("system=none,", "no choice")]
    [InlineData("system=none=full", "no choice")]
    [InlineData("system=some", "no treatment")]
    [InlineData("system=1", "no treatment")]
    [InlineData("prompts=none", "no field")]
    [InlineData("system=none,SYSTEM=full", "twice")]
    public void TryParse_AnythingElse_SaysWhatIsWrongAndAccepted(string text, string said)
    {
        Assert.False(ContentPolicy.TryParse(text, out var policy, out var error));
        Assert.Equal(ContentPolicy.Default, policy);
        Assert.Contains(said, error, StringComparison.Ordinal);
        Assert.Contains("Accepted is", error, StringComparison.Ordinal);
    }
}
