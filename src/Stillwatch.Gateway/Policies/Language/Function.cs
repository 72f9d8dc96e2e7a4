using Stillwatch.Gateway.Policies.Values;

namespace Stillwatch.Gateway.Policies.Language;

/// <summary>A function of one or two values.</summary>
/// <param name="Arguments">How many.</param>
/// <param name="Apply">What it gives; the second value is of no account where there is one argument.</param>
internal readonly record struct Function(int Arguments, Func<PolicyValue, PolicyValue, PolicyValue> Apply);
