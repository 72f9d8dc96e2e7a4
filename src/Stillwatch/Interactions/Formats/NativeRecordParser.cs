using System.Text.Json;
using Stillwatch.Interactions.Reading;

namespace Stillwatch.Interactions.Formats;

/// <summary>Reads the product's own format, interaction.schema.json. Hot path: one pass, names and texts never become strings twice.</summary>
internal sealed class NativeRecordParser : JsonRecordParser
{
    private enum Group
    {
        None,
        Client,
        Request,
        Parameters,
        Response,
        Usage,
    }

    private static readonly MemberTable<InteractionField> RootFields = new(
        ("id", InteractionField.Id), ("time", InteractionField.Time), ("account", InteractionField.Account),
        ("organization", InteractionField.Organization), ("api_key", InteractionField.ApiKey), ("model", InteractionField.Model),
        ("operation", InteractionField.Operation), ("status", InteractionField.Status), ("latency_ms", InteractionField.LatencyMs));

    private static readonly MemberTable<Group> RootGroups =
        new(("client", Group.Client), ("request", Group.Request), ("response", Group.Response), ("usage", Group.Usage));

    private static readonly MemberTable<Group> RequestGroups = new(("parameters", Group.Parameters));

    private static readonly MemberTable<Group> NoGroups = new();

    private static readonly MemberTable<InteractionField>[] Fields =
    [
        RootFields,
        new(
            ("ip", InteractionField.Ip), ("asn", InteractionField.Asn), ("country", InteractionField.Country),
            ("user_agent", InteractionField.UserAgent), ("ja4", InteractionField.Ja4)),
        new(("system", InteractionField.System), ("messages", InteractionField.Messages), ("tools", InteractionField.Tools)),
        new(
            ("temperature", InteractionField.Temperature), ("top_p", InteractionField.TopP), ("max_tokens", InteractionField.MaxTokens),
            ("n", InteractionField.Choices), ("logprobs", InteractionField.Logprobs), ("top_logprobs", InteractionField.TopLogprobs),
            ("logit_bias", InteractionField.LogitBias), ("stream", InteractionField.Stream)),
        new(("text", InteractionField.ResponseText), ("finish_reason", InteractionField.FinishReason)),
        new(
            ("input_tokens", InteractionField.InputTokens), ("output_tokens", InteractionField.OutputTokens),
            ("reasoning_tokens", InteractionField.ReasoningTokens)),
    ];

    private readonly JsonFieldReader _fields;

    public NativeRecordParser(RecordContext context)
        : base(context) => _fields = new(context);

    /// <inheritdoc/>
    protected override void ReadRecord(ref Utf8JsonReader reader, ReadOnlySpan<byte> record, IInteractionSink sink)
    {
        ReadGroup(ref reader, Group.None);
        ExpectEnd(ref reader);
        Context.Emit(record, sink);
    }

    private static MemberTable<Group> GroupsOf(Group group) => group switch
    {
        Group.None => RootGroups,
        Group.Request => RequestGroups,
        _ => NoGroups,
    };

    private void ReadGroup(ref Utf8JsonReader reader, Group group)
    {
        var fields = Fields[(int)group];
        while (reader.Read() && reader.TokenType is JsonTokenType.PropertyName)
        {
            var name = Context.MemberName(ref reader);
            var field = fields.Find(name);
            var inner = field is InteractionField.None ? GroupsOf(group).Find(name) : Group.None;
            reader.Read();
            if (inner is Group.None)
            {
                _fields.Read(ref reader, field);
            }
            else
            {
                EnterGroup(ref reader, inner);
            }
        }
    }

    /// <summary>A group that comes again replaces the earlier one.</summary>
    private void EnterGroup(ref Utf8JsonReader reader, Group group)
    {
        ForgetGroup(group);
        if (reader.TokenType is JsonTokenType.StartObject)
        {
            ReadGroup(ref reader, group);
        }
        else if (reader.TokenType is not JsonTokenType.Null)
        {
            Context.Repair(Path(group), InputFaultReason.WrongType, JsonFieldReader.Describe(reader.TokenType));
            reader.Skip();
        }
    }

    private void ForgetGroup(Group group)
    {
        switch (group)
        {
            case Group.Client:
                Context.Draft.Clear(InteractionField.Ip, InteractionField.Ja4);
                break;
            case Group.Request:
                Context.Draft.Clear(InteractionField.System, InteractionField.Stream);
                break;
            case Group.Parameters:
                Context.Draft.Clear(InteractionField.Temperature, InteractionField.Stream);
                break;
            case Group.Response:
                Context.Draft.Clear(InteractionField.ResponseText, InteractionField.FinishReason);
                break;
            default:
                Context.Draft.Clear(InteractionField.InputTokens, InteractionField.ReasoningTokens);
                break;
        }
    }

    private static string Path(Group group) => group switch
    {
        Group.Client => "client",
        Group.Request => "request",
        Group.Parameters => "request.parameters",
        Group.Response => "response",
        _ => "usage",
    };
}
