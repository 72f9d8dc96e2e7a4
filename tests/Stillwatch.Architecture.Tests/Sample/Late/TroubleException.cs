namespace Stillwatch.Architecture.Tests.Sample.Late;

public sealed class TroubleException : Exception;
