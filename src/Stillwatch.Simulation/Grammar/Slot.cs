namespace Stillwatch.Simulation.Grammar;

/// <summary>A place in a phrase that is filled by a word of the speaker, a made-up name or a figure.</summary>
internal enum Slot
{
    Noun,
    Nouns,
    ANoun,
    Verb,
    Verbing,
    Verbed,
    Verbs,
    Adjective,
    AnAdjective,
    Topic,
    Ident,
    Type,
    Project,
    Place,
    Person,
    Coined,
    Digit,
    Int,
    Count,
    Year,
    Decimal,
    Percent,
    Money,
    Date,
    Clock,
    Hex,
    Code,
}
