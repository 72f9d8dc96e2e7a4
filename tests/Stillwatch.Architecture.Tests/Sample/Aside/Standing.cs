namespace Stillwatch.Architecture.Tests.Sample.Aside;

public sealed class Standing;
