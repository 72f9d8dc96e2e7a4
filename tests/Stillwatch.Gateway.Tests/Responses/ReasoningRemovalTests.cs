using System.Text;
using Stillwatch.Gateway.Dialects;
using Stillwatch.Gateway.Responses;

namespace Stillwatch.Gateway.Tests.Responses;

public sealed class ReasoningRemovalTests
{
    [Theory]
    [InlineData("""{"choices":[{"message":{"reasoning":"Hm","content":"reasoning"}}]}""",
        """{"choices":[{"message":{"content":"reasoning"}}]}""")]
    [InlineData("""{"choices":[{"delta":{"role":"a", "reasoning_details":[{}]}}]}""", """{"choices":[{"delta":{"role":"a"}}]}""")]
    [InlineData("""{"choices":[{"logprobs":{"content":[{"token":"Hm"}]},"delta":{"reasoning":"Hm"}},{"logprobs":{"content":[]}}]}""",
        """{"choices":[{"logprobs":null,"delta":{}},{"logprobs":{"content":[]}}]}""")]
    [InlineData("""{"choices":[{"delta":{"reasoning_content":null}}]}""", null)]
    [InlineData("""{"usage":{"completion_tokens_details":{"reasoning_tokens":2}}}""", null)]
    [InlineData("""{"reasoning":{"x":1},"a":""", null)]
    public void Chat_LosesReasoningAndNothingElse(string data, string? left) =>
        Assert.Equal(left ?? data, Edited(ApiEndpoint.ChatCompletions, ReasoningTreatment.Hidden, data));

    [Theory]
    [InlineData("""{"type":"response.reasoning_text.delta","delta":"Hm"}""", "", "")]
    [InlineData("""{"sequence_number":4,"type":"response.reasoning_summary_text.delta","delta":"Hm"}""", "", null)]
    [InlineData("""{"type":"response.content_part.added","part":{"type":"reasoning_text","text":"Hm"}}""", "", "")]
    [InlineData("""{"type":"response.output_item.done","item":{"type":"reasoning","id":"x","summary":["Hm"],"content":[{}]}}""",
        """{"type":"response.output_item.done","item":{"type":"reasoning","id":"x","summary":[],"content":[]}}""",
        """{"type":"response.output_item.done","item":{"type":"reasoning","id":"x","summary":["Hm"],"content":[]}}""")]
    [InlineData("""{"response":{"reasoning":{"summary":"auto"},"output":[{"summary":["Hm"],"type":"reasoning"},{"type":"message"}]}}""",
        """{"response":{"reasoning":{"summary":"auto"},"output":[{"summary":[],"type":"reasoning"},{"type":"message"}]}}""", null)]
    [InlineData("""{"type":"response.output_text.delta","delta":"reasoning"}""", null, null)]
    public void Responses_LoseReasoning_KeepItemsAndWhatIsEncrypted(string data, string? hidden, string? summary)
    {
        Assert.Equal(hidden ?? data, Edited(ApiEndpoint.Responses, ReasoningTreatment.Hidden, data));
        Assert.Equal(summary ?? data, Edited(ApiEndpoint.Responses, ReasoningTreatment.Summary, data));
    }

    /// <summary>A signature that a later turn has to bring along stays, and so does the number of every block.</summary>
    [Theory]
    [InlineData("""{"type":"content_block_delta","index":0,"delta":{"type":"thinking_delta","thinking":"Hm"}}""", "")]
    [InlineData("""{"type":"content_block_delta","index":0,"delta":{"type":"signature_delta","signature":"thinking"}}""", null)]
    [InlineData("""{"type":"content_block_start","index":0,"content_block":{"type":"thinking","thinking":""}}""", null)]
    [InlineData("""{"content":[{"type":"thinking","thinking":"Hm.","signature":"c2ln"},{"type":"redacted_thinking","data":"x"}]}""",
        """{"content":[{"type":"thinking","thinking":"","signature":"c2ln"},{"type":"redacted_thinking","data":"x"}]}""")]
    [InlineData("""{"content":[{"type":"tool_use","input":{"type":"thinking","thinking":"of"}}]}""", null)]
    public void Messages_LoseTheTextOfThinking_KeepSignaturesAndBlocks(string data, string? left) =>
        Assert.Equal(left ?? data, Edited(ApiEndpoint.Messages, ReasoningTreatment.Hidden, data));

    [Fact]
    public void Removal_IsMadeOnlyWhereThereIsSomethingToRemove()
    {
        Assert.Null(ReasoningRemoval.For(ApiEndpoint.ChatCompletions, ReasoningTreatment.Kept, isOpened: false));
        Assert.Null(ReasoningRemoval.For(ApiEndpoint.Messages, ReasoningTreatment.Summary, isOpened: false));
        Assert.Null(ReasoningRemoval.For(ApiEndpoint.Embeddings, ReasoningTreatment.Hidden, isOpened: false));
    }

    private static string Edited(ApiEndpoint endpoint, ReasoningTreatment treatment, string data)
    {
        var removal = ReasoningRemoval.For(endpoint, treatment, isOpened: false)!;
        if (!removal.TryEdit(Encoding.UTF8.GetBytes(data), out var edited))
        {
            Assert.Equal(1, removal.Count);
            return "";
        }

        Assert.Equal(edited is null ? 0 : 1, removal.Count);
        return edited is null ? data : Encoding.UTF8.GetString(edited);
    }
}
