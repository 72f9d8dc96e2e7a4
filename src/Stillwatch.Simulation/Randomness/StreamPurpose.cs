namespace Stillwatch.Simulation.Randomness;

/// <summary>What a random stream decides. Part of its key, so that one decision never moves another.</summary>
/// <remarks>The values are part of the format "scenario and seed determine the bytes": never renumber, only append.</remarks>
internal enum StreamPurpose
{
    Account = 1,
    Group = 2,
    Volume = 3,
    Network = 4,
    Registration = 5,
    Client = 6,
    Voice = 7,
    ActiveDay = 8,
    Schedule = 9,
    Pivot = 10,
    Identifier = 11,
    Request = 12,
    Reply = 13,
    Content = 14,
    Wrapper = 15,
    WorkList = 16,
    Retry = 17,
    Fleet = 18,
    Template = 19,
    Popular = 20,
    Benchmark = 21,
    Assignment = 22,
    Customer = 23,
    Address = 24,
    Cover = 25,
    Timetable = 27,
    Edit = 28,
}
