using System.Buffers.Text;

namespace Stillwatch.Interactions.Formats;

/// <summary>Messages of a span that came one by one: in attributes such as <c>gen_ai.prompt.0.content</c>, or in events.</summary>
internal sealed class OtlpMessages
{
    /// <summary>Events come after all attributes, in their own order.</summary>
    private const int FirstEvent = 1 << 30;

    private readonly SortedDictionary<int, (string Role, TextRange? Content)> _messages = [];

    private static ReadOnlySpan<byte> Prefix => "gen_ai.prompt."u8;

    private static ReadOnlySpan<byte> Role => ".role"u8;

    /// <summary>Forgets all.</summary>
    public void Clear() => _messages.Clear();

    /// <summary>Reads the name of an attribute that holds a message's role or content.</summary>
    public static bool TryParse(ReadOnlySpan<byte> name, out int index, out bool isRole)
    {
        index = 0;
        isRole = name.EndsWith(Role);
        if (!name.StartsWith(Prefix) || !Utf8Parser.TryParse(name[Prefix.Length..], out index, out var digits))
        {
            return false;
        }

        var member = name[(Prefix.Length + digits)..];
        return index is >= 0 and < FirstEvent && (member.SequenceEqual(Role) || member.SequenceEqual(".content"u8));
    }

    /// <summary>Sets the role of a message.</summary>
    public void SetRole(int index, string role) => _messages[index] = (role, _messages.GetValueOrDefault(index).Content);

    /// <summary>Sets the content of a message.</summary>
    public void SetContent(int index, TextRange content) => _messages[index] = (_messages.GetValueOrDefault(index).Role, content);

    /// <summary>Adds a message that came in an event.</summary>
    public void AddEvent(string role, TextRange content) => _messages[FirstEvent + _messages.Count] = (role, content);

    /// <summary>Gives the messages to a draft that has none.</summary>
    public void Complete(RecordContext context)
    {
        if (context.Draft.Messages.Count > 0)
        {
            return;
        }

        foreach (var (role, content) in _messages.Values)
        {
            if (content is { } some)
            {
                context.Draft.Messages.Add((role ?? string.Empty, some));
            }
        }
    }
}
