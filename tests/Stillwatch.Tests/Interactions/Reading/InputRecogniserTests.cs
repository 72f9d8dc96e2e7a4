using System.Text;
using Stillwatch.Interactions.Reading;

namespace Stillwatch.Tests.Interactions.Reading;

public sealed class InputRecogniserTests
{
    private const string Native = """{"time":"t","account":"a","model":"m"}""";
    private const string Row = """{"request_id":"r","startTime":"t","model":"m"}""";
    private const string Export = """{"resourceSpans":[{"scopeSpans":[]}]}""";

    [Theory]
    [InlineData(Native, InputFormat.Native, "Lines")]
    [InlineData(Native + "\n" + Native + "\n", InputFormat.Native, "Lines")]
    [InlineData("garbage\n{\n" + Native + "\n", InputFormat.Native, "Lines")]
    [InlineData("{\"time\":\n" + Native + "\n", InputFormat.Native, "Lines")]
    [InlineData("{\"time\":\"t\",}\n{\"time\":\"t\",}\n", InputFormat.Native, "Lines")]
    [InlineData("{\"time\":\"cut her", InputFormat.Native, "Lines")]
    [InlineData("{\"model\":\"without time\"}", InputFormat.Native, "Lines")]
    [InlineData("{\n  \"time\": \"t\",\n  \"model\": \"m\"\n}", InputFormat.Native, "Document")]
    [InlineData("[" + Native + "," + Native + "]", InputFormat.Native, "Document")]
    [InlineData("{\"data\":[{\"time\":1}],\"time\":\"t\",\"model\":\"m\"}", InputFormat.Native, "Lines")]
    [InlineData(Row, InputFormat.LiteLlm, "Lines")]
    [InlineData("[\n" + Row + ",\n" + Row + "\n]", InputFormat.LiteLlm, "Document")]
    [InlineData("[\n{\n\"startTime\":\"t\",\n\"call_type\":\"c\"\n}]", InputFormat.LiteLlm, "Document")]
    [InlineData("{\"total\":1,\"data\":[" + Row + "]}", InputFormat.LiteLlm, "Pages")]
    [InlineData("{\"total\":1,\n\"data\":[" + Row + ",\n" + Row + "]}", InputFormat.LiteLlm, "Pages")]
    [InlineData("{\"total\":1,\"data\":[" + Row + ",", InputFormat.LiteLlm, "Pages")]
    [InlineData(Export, InputFormat.OpenTelemetry, "Lines")]
    [InlineData(Export + "\n" + Export, InputFormat.OpenTelemetry, "Lines")]
    [InlineData("{\"resourceSpans\":[{\"resource\":{", InputFormat.OpenTelemetry, "Document")]
    [InlineData("{\n\"resourceSpans\":[\n", InputFormat.OpenTelemetry, "Document")]
    [InlineData("[" + Export + "]", InputFormat.OpenTelemetry, "Document")]
    [InlineData("time,account,model\n", InputFormat.Csv, "Lines")]
    [InlineData("\"timestamp\";\"user_id\"\n1;2", InputFormat.Csv, "Lines")]
    [InlineData("PAR1\u0015\0", InputFormat.Parquet, "Lines")]
    public void Recognise_Log_TellsFormatAndCut(string text, InputFormat format, string cut) =>
        Assert.Equal(new RecognisedFormat(format, Enum.Parse<RecordCut>(cut)), Recognise(text, InputFormat.Auto));

    [Theory]
    [InlineData("""{"account":"a","created":"2025-10-29T05:35:11.066Z"}""")]
    [InlineData("""{"account":"a","label":"benign"}""")]
    [InlineData("{\"benign\": {\n \"accounts\": 3}}")]
    [InlineData("one line of prose, with a comma\n")]
    [InlineData("[]")]
    [InlineData("a,b,c\n1,2,3\n")]
    public void Recognise_AnythingElse_IsNothing(string text) => Assert.Null(Recognise(text, InputFormat.Auto));

    [Theory]
    [InlineData(InputFormat.LiteLlm, "[", "Document")]
    [InlineData(InputFormat.Native, "{\"account\":", "Lines")]
    [InlineData(InputFormat.Native, "{\n  \"time\": \"t\"\n}", "Document")]
    [InlineData(InputFormat.Csv, "whatever", "Lines")]
    public void Recognise_DemandedFormat_IsKept(InputFormat demanded, string text, string cut) =>
        Assert.Equal(new RecognisedFormat(demanded, Enum.Parse<RecordCut>(cut)), Recognise(text, demanded));

    private static RecognisedFormat? Recognise(string text, InputFormat demanded) =>
        InputRecogniser.Recognise(Encoding.UTF8.GetBytes(text), demanded, ColumnMapping.Default);
}
