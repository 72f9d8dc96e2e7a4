namespace Stillwatch.Architecture.Tests.Sample.Late;

[AttributeUsage(AttributeTargets.All)]
public sealed class MarkAttribute : Attribute;
