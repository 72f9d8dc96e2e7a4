namespace Stillwatch.Store.Engine;

/// <summary>
/// The store cannot be opened or reached: an expected outcome of the place Stillwatch runs in. The message is one sentence that says what
/// is wrong and what to do about it.
/// </summary>
public sealed class StoreUnavailableException : Exception
{
    /// <param name="message">One sentence for the operator.</param>
    /// <param name="cause">What was caught, if anything.</param>
    public StoreUnavailableException(string message, Exception? cause = null)
        : base(message, cause)
    {
    }

    /// <summary>
    /// Whether a statement was already on its way: it may have taken effect or not, and only a look at the store can tell. False when
    /// nothing was sent.
    /// </summary>
    public bool OutcomeUnknown { get; init; }
}
