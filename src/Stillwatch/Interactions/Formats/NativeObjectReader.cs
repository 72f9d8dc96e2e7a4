using System.Text.Json;
using Stillwatch.Interactions.Reading;

namespace Stillwatch.Interactions.Formats;

/// <summary>
/// Reads the objects of interaction.schema.json. Hot path: one pass, no string for a name of a member, one for a name that comes again.
/// </summary>
internal sealed class NativeObjectReader(RecordContext context, JsonFieldReader fields)
{
    /// <summary>An object of the schema.</summary>
    public enum Group
    {
        /// <summary>The record itself.</summary>
        None,
        Client,
        Request,
        Parameters,
        Response,
        Usage,
    }

    private static readonly MemberTable<LogField> RootFields = new(
        ("id", LogField.Id), ("time", LogField.Time), ("account", LogField.Account),
        ("organization", LogField.Organization), ("api_key", LogField.ApiKey), ("model", LogField.Model),
        ("operation", LogField.Operation), ("status", LogField.Status), ("latency_ms", LogField.LatencyMs));

    private static readonly MemberTable<Group> RootGroups =
        new(("client", Group.Client), ("request", Group.Request), ("response", Group.Response), ("usage", Group.Usage));

    private static readonly MemberTable<Group> RequestGroups = new(("parameters", Group.Parameters));

    private static readonly MemberTable<Group> NoGroups = new();

    private static readonly MemberTable<LogField>[] Fields =
    [
        RootFields,
        new(
            ("ip", LogField.Ip), ("asn", LogField.Asn), ("country", LogField.Country),
            ("user_agent", LogField.UserAgent), ("ja4", LogField.Ja4)),
        new(("system", LogField.System), ("messages", LogField.Messages), ("tools", LogField.Tools)),
        new(
            ("temperature", LogField.Temperature), ("top_p", LogField.TopP), ("max_tokens", LogField.MaxTokens),
            ("n", LogField.Choices), ("logprobs", LogField.Logprobs), ("top_logprobs", LogField.TopLogprobs),
            ("logit_bias", LogField.LogitBias), ("stream", LogField.Stream)),
        new(("text", LogField.ResponseText), ("finish_reason", LogField.FinishReason)),
        new(
            ("input_tokens", LogField.InputTokens), ("output_tokens", LogField.OutputTokens),
            ("reasoning_tokens", LogField.ReasoningTokens)),
    ];

    /// <summary>The object that a member of the record holds; <see cref="Group.None"/> if it holds none.</summary>
    public static Group GroupOf(ReadOnlySpan<byte> member) => RootGroups.Find(member);

    /// <summary>Reads the record itself, on whose start the reader stands, to its end.</summary>
    public void ReadRecord(ref Utf8JsonReader reader) => ReadGroup(ref reader, Group.None);

    /// <summary>Reads the value as an object of the schema; one that comes again replaces the earlier one.</summary>
    public void EnterGroup(ref Utf8JsonReader reader, Group group)
    {
        ForgetGroup(group);
        if (reader.TokenType is JsonTokenType.StartObject)
        {
            ReadGroup(ref reader, group);
        }
        else if (reader.TokenType is not JsonTokenType.Null)
        {
            context.Repair(Path(group), InputFaultReason.WrongType, JsonValue.Describe(reader.TokenType));
            reader.Skip();
        }
    }

    private static MemberTable<Group> GroupsOf(Group group) => group switch
    {
        Group.None => RootGroups,
        Group.Request => RequestGroups,
        _ => NoGroups,
    };

    private void ReadGroup(ref Utf8JsonReader reader, Group group)
    {
        var members = Fields[(int)group];
        while (JsonValue.ReadName(ref reader))
        {
            var name = context.MemberName(ref reader);
            var field = members.Find(name);
            var inner = field is LogField.None ? GroupsOf(group).Find(name) : Group.None;
            reader.Read();
            if (inner is Group.None)
            {
                fields.Read(ref reader, field);
            }
            else
            {
                EnterGroup(ref reader, inner);
            }
        }
    }

    private void ForgetGroup(Group group)
    {
        switch (group)
        {
            case Group.Client:
                context.Draft.Clear(LogField.Ip, LogField.Ja4);
                break;
            case Group.Request:
                context.Draft.Clear(LogField.System, LogField.Stream);
                break;
            case Group.Parameters:
                context.Draft.Clear(LogField.Temperature, LogField.Stream);
                break;
            case Group.Response:
                context.Draft.Clear(LogField.ResponseText, LogField.FinishReason);
                break;
            default:
                context.Draft.Clear(LogField.InputTokens, LogField.ReasoningTokens);
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
