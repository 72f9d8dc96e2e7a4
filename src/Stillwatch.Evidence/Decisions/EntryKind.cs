namespace Stillwatch.Evidence.Decisions;

/// <summary>What an entry records; written as the value's name with a small first letter.</summary>
/// <remarks>Kinds may be added; none is ever removed or given another meaning. A reader keeps kinds that it does not know.</remarks>
public enum EntryKind
{
    /// <summary>A kind that this version does not know; the entry is kept as it is.</summary>
    Unknown,

    /// <summary>What the hunt, or a person, found about a subject. Fields: <c>verdict</c>; of the latest one the state speaks.</summary>
    Verdict,

    /// <summary>
    /// A person's decision that stands above verdicts until it is lifted. Fields: <c>verdict</c>, or <c>lifted: true</c>.
    /// </summary>
    Override,

    /// <summary>A policy took effect. Fields: <c>policy</c> its content, or its digest.</summary>
    PolicyChange,

    /// <summary>
    /// A commitment to a key (a hash of it), so that it can later be shown which key was in use. Fields: <c>commitment</c>.
    /// </summary>
    KeyCommitment,

    /// <summary>
    /// Something is given out. Fields: <c>what</c>, <c>recipient</c>, <c>items</c> how many, <c>sha256</c> of their list.
    /// </summary>
    Disclosure,

    /// <summary>A case was opened, decided, reopened, appealed. Fields: <c>step</c>.</summary>
    CaseStep,

    /// <summary>A note in a case.</summary>
    CaseNote,

    /// <summary>Content was deleted, or the key to it destroyed; the entries that name it stay. Fields: <c>what</c>.</summary>
    Deletion,

    /// <summary>An indicator was seen in traffic. Fields: <c>indicator</c>.</summary>
    Sighting,
}
