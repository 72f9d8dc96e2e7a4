namespace Stillwatch.Architecture.Tests.Sample.Late;

public class Thing : IThing;
