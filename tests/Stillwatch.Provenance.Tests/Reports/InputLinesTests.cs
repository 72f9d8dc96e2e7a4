using System.IO.Compression;
using System.Text;
using Stillwatch.Provenance.Reports;
using Stillwatch.Statistics;

namespace Stillwatch.Provenance.Tests.Reports;

public sealed class InputLinesTests
{
    [Theory]
    [InlineData("{\"tokens\":[1,2]}\n\n{\"tokens\":[1,-2]}", "outputs.jsonl:3: 'tokens' holds -2, which is no id from 0 to 4194303.")]
    [InlineData("{\"tokens\":[1,2.5]}", "outputs.jsonl:1: 'tokens' holds 2.5, which is no id from 0 to 4194303.")]
    [InlineData("{\"tokens\":7}", "outputs.jsonl:1: 'tokens' is no array.")]
    [InlineData("{\"text\":\"a\"}\nnot json", "outputs.jsonl:2: the line is no JSON, or names a member twice.")]
    [InlineData("{\"text\":\"a\",\"text\":\"b\"}", "outputs.jsonl:1: the line is no JSON, or names a member twice.")]
    [InlineData("[1]", "outputs.jsonl:1: the line is no JSON object.")]
    [InlineData("{\"prompt\":\"a\"}", "outputs.jsonl:1: there is neither 'text' nor 'tokens', nor a canary's 'logprob'.")]
    [InlineData("{\"text\":3}", "outputs.jsonl:1: 'text' is no string.")]
    [InlineData("{\"text\":\"\\ud800\"}", "outputs.jsonl:1: 'text' holds half of a surrogate pair.")]
    [InlineData("{\"text\":\"a\",\"at\":\"soon\"}", "outputs.jsonl:1: 'at' is no time such as 2026-11-28T20:00:00Z.")]
    [InlineData("{\"cue\":\"a\",\"logprob\":1e400}", "outputs.jsonl:1: 'logprob' holds 1e400, which is no number.")]
    public void Answers_BadLine_IsSaidWithFileLineAndReason(string content, string sentence)
    {
        var input = new ReportInput(InputRole.Outputs, "outputs.jsonl", Encoding.UTF8.GetBytes(content));
        Assert.Equal(sentence, Assert.Throws<InvalidDataException>(() => Answer.Read(input).Count()).Message);
    }

    [Fact]
    public void Answers_OfAPackedFile_AreReadAndDamageIsSaid()
    {
        using var packed = new MemoryStream();
        using (var zip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            zip.Write("{\"schema\":\"stillwatch.answers/1\"}\n{\"text\":\"a\"}\n{\"output\":\"b\"}"u8);
        }

        var bytes = packed.ToArray();
        Assert.Equal(["a", "b"], Answer.Read(new(InputRole.Outputs, "o.jsonl.gz", bytes)).Select(static answer => answer.Text));
        bytes[12] ^= 255;
        var fault = Assert.Throws<InvalidDataException>(() => Answer.Read(new(InputRole.Outputs, "o.jsonl.gz", bytes)).Count());
        Assert.StartsWith("o.jsonl.gz:", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Lines_WithoutEnd_AreBounded()
    {
        var input = new ReportInput(InputRole.Outputs, "long.jsonl", new byte[InputLines.MaxLineChars + 100]);
        Array.Fill(input.Content, (byte)'1');
        var fault = Assert.Throws<InvalidDataException>(() => Answer.Read(input).Count());
        Assert.Contains("the line has more than", fault.Message, StringComparison.Ordinal);
    }

    /// <summary>Bytes of valid lines, changed at random: read, or refused with file and line; never anything else.</summary>
    [Fact]
    public void Answers_OfRandomBytes_AreReadOrRefused()
    {
        const ulong seed = 20;
        var generator = new SeededGenerator(seed);
        var valid = Encoding.UTF8.GetBytes(
            "{\"prompt\":\"What is \\u00e9?\",\"text\":\"a b\",\"tokens\":[1,2,3],\"at\":\"2026-11-28T20:00:00Z\"}\n"
            + "{\"cue\":\"x\",\"logprob\":-1.5}\n");
        var (read, refused) = (0, 0);
        for (var round = 0; round < 20_000; round++)
        {
            var bytes = (byte[])valid.Clone();
            for (var change = generator.Next(4); change >= 0; change--)
            {
                bytes[generator.Next(bytes.Length)] = (byte)generator.Next(256);
            }

            try
            {
                read += Answer.Read(new(InputRole.Outputs, "o.jsonl", bytes)).ToList() is [_, ..] ? 1 : 0;
            }
            catch (InvalidDataException fault)
            {
                Assert.Matches("^o.jsonl:[0-9]+: .+", fault.Message);
                refused++;
            }
            catch (Exception other)
            {
                Assert.Fail($"Seed {seed}, round {round}: {other}");
            }
        }

        Assert.True(read > 300 && refused > 300, $"{read} read, {refused} refused");
    }
}
