namespace Stillwatch.Interactions;

/// <summary>One message of a conversation.</summary>
/// <param name="Role">user, assistant, system, developer, tool, …</param>
/// <param name="Content">Its text in UTF-8, unescaped.</param>
public readonly record struct PromptMessage(string Role, ReadOnlyMemory<byte> Content);
