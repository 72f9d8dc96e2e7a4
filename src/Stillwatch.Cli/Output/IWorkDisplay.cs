namespace Stillwatch.Cli.Output;

/// <summary>Shows how far a verb is, on standard error.</summary>
internal interface IWorkDisplay
{
    /// <summary>Says how far the present phase is; another phase than last time ends that one. Cheap enough to call often.</summary>
    /// <param name="phase">What is being done: "reading".</param>
    /// <param name="done">How many are done, never falling within a phase.</param>
    /// <param name="total">Of how many; null where that is not known.</param>
    /// <param name="unit">Of what, in the plural: "interactions".</param>
    void Report(string phase, long done, long? total, string unit);
}
