namespace Stillwatch.Gateway.Responses;

/// <summary>What is to be done with the data of an event, or with a whole reply.</summary>
internal enum ReplyEditOutcome
{
    /// <summary>It goes on as it came.</summary>
    Kept,

    /// <summary>It goes on as it was changed.</summary>
    Changed,

    /// <summary>It does not go on: there was nothing else in it than what is hidden.</summary>
    Gone,

    /// <summary>It cannot be read, so that what has to be changed in it may be there; nothing of it is passed on.</summary>
    Unreadable,
}
