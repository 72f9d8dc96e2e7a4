namespace Stillwatch.Simulation.Networks;

/// <summary>The sort of program that makes requests.</summary>
internal enum ClientKind
{
    /// <summary>A web browser, in the provider's own application.</summary>
    Browser,

    /// <summary>A client library.</summary>
    Sdk,

    /// <summary>The provider's application on a phone.</summary>
    App,

    /// <summary>A program that names itself: somebody's tool or product.</summary>
    Named,
}
