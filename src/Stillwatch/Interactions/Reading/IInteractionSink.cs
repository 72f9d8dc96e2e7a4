namespace Stillwatch.Interactions.Reading;

/// <summary>Takes what a parser reads, on the parser's thread.</summary>
public interface IInteractionSink
{
    /// <summary>Takes one interaction; its memory is its own and may be kept.</summary>
    /// <param name="interaction">The record; its <see cref="Interaction.Id"/> is never null here.</param>
    /// <param name="position">Where it stands in the input.</param>
    void Accept(Interaction interaction, RecordPosition position);
}
