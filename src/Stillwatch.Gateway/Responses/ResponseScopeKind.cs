namespace Stillwatch.Gateway.Responses;

/// <summary>What the name of a response's scope is of.</summary>
public enum ResponseScopeKind
{
    /// <summary>One API key, by its id.</summary>
    Key,

    /// <summary>One account.</summary>
    Account,

    /// <summary>One organisation: a tenant.</summary>
    Organisation,

    /// <summary>One model.</summary>
    Model,

    /// <summary>One region.</summary>
    Region,
}
