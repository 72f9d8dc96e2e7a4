namespace Stillwatch.Gateway.Observation;

/// <summary>What a frame of the spool holds. The numbers are in files: never change them.</summary>
internal enum SpoolFrameKind : byte
{
    /// <summary>The first part of an interaction: the request was admitted.</summary>
    Admission = 1,

    /// <summary>The second part: what became of it.</summary>
    Reply = 2,
}
