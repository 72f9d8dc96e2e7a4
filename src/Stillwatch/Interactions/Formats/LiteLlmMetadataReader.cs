using System.Text.Json;

namespace Stillwatch.Interactions.Formats;

/// <summary>Reads the metadata and tags of LiteLLM's rows: what the columns of the row do not say.</summary>
internal sealed class LiteLlmMetadataReader(RecordContext context, RankedFieldReader fields)
{
    private enum Member
    {
        None,
        Usage,
        Error,
        Headers,
    }

    private static readonly MemberTable<RankedField> MetadataFields = new(
        ("user_api_key_user_id", new(LogField.Account, 4)), ("user_api_key_org_id", new(LogField.Organization, 3)),
        ("user_api_key_team_id", new(LogField.Organization, 1)), ("requester_ip_address", new(LogField.Ip, 1)),
        ("user_agent", new(LogField.UserAgent, 3)));

    private static readonly MemberTable<Member> MetadataMembers = new(
        ("usage_object", Member.Usage), ("additional_usage_values", Member.Usage), ("error_information", Member.Error),
        ("headers", Member.Headers));

    private static readonly MemberTable<RankedField> ErrorFields = new(("error_code", new(LogField.Status, 1)));

    private static readonly MemberTable<RankedField> HeaderFields = new(("user-agent", new(LogField.UserAgent, 2)));

    private static readonly RankedField TagAsUserAgent = new(LogField.UserAgent, 1);

    private readonly ProviderBodyReader _bodies = new(context);
    private readonly FieldSetter _set = new(context);
    private int _longestTag;

    private static ReadOnlySpan<byte> UserAgentTag => "User-Agent: "u8;

    /// <summary>Begins a record.</summary>
    public void Begin() => _longestTag = 0;

    /// <summary>Reads the value as metadata.</summary>
    public void Read(ref Utf8JsonReader reader)
    {
        for (var inside = JsonValue.TryEnterObject(ref reader); inside && JsonValue.ReadName(ref reader);)
        {
            var name = context.MemberName(ref reader);
            var (field, member) = (MetadataFields.Find(name), MetadataMembers.Find(name));
            reader.Read();
            switch (member)
            {
                case Member.Usage:
                    _bodies.ReadUsage(ref reader);
                    break;
                case Member.Error:
                    ReadFields(ref reader, ErrorFields);
                    break;
                case Member.Headers:
                    ReadFields(ref reader, HeaderFields);
                    break;
                default:
                    fields.Read(ref reader, field);
                    break;
            }
        }
    }

    /// <summary>
    /// Reads the value as tags. LiteLLM tags a request with its client's name and with name and version; the longer one is kept.
    /// </summary>
    public void ReadTags(ref Utf8JsonReader reader)
    {
        for (var inside = JsonValue.TryEnterArray(ref reader); inside && JsonValue.ReadElement(ref reader);)
        {
            if (reader.TokenType is JsonTokenType.String)
            {
                ReadTag(context.PlainString(ref reader));
            }
            else
            {
                reader.Skip();
            }
        }
    }

    private void ReadFields(ref Utf8JsonReader reader, MemberTable<RankedField> table)
    {
        for (var inside = JsonValue.TryEnterObject(ref reader); inside && JsonValue.ReadName(ref reader);)
        {
            var field = table.Find(context.MemberName(ref reader));
            reader.Read();
            fields.Read(ref reader, field);
        }
    }

    private void ReadTag(ReadOnlySpan<byte> tag)
    {
        if (tag.StartsWith(UserAgentTag) && tag.Length > _longestTag && fields.TryTake(TagAsUserAgent))
        {
            _longestTag = tag.Length;
            _set.Name(LogField.UserAgent, tag[UserAgentTag.Length..]);
        }
    }
}
