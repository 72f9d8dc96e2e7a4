namespace Stillwatch.Architecture.Tests.Sample.Late;

public interface IThing;
