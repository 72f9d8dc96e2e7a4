using System.CommandLine;
using System.Globalization;
using System.Security.Cryptography;
using Stillwatch.Evidence.Storage;
using Stillwatch.Provenance.Watermarking;

namespace Stillwatch.Cli.Verbs.Marks;

/// <summary>Options that mean the same with every verb on marks.</summary>
internal static class MarkOptions
{
    public static Option<string> Secret { get; } = new("--secret")
    {
        HelpName = "FILE",
        Description = "The master secret, as 'stillwatch mark keygen' made it; only its owner may read the file.",
        Required = true,
    };

    public static Option<string> Tenant { get; } = new("--tenant")
    {
        HelpName = "NAME",
        Description = "Who serves the model.",
        DefaultValueFactory = static _ => "default",
    };

    public static Option<string> Cohort { get; } = new("--cohort")
    {
        HelpName = "NAME",
        Description = "Which customers get outputs with this key: a group, or one customer.",
        DefaultValueFactory = static _ => "default",
    };

    public static Option<int> Epoch { get; } = new("--epoch")
    {
        HelpName = "NUMBER",
        Description = "Counted up to rotate the key.",
        DefaultValueFactory = static _ => 0,
    };

    public static Option<int> Width { get; } = new("--width")
    {
        HelpName = "TOKENS",
        Description = "Tokens before a token that its colour depends on, 0 to 4; narrow ones survive copying, wide ones resist theft.",
        DefaultValueFactory = static _ => 2,
    };

    /// <summary>Adds what names a key.</summary>
    public static VerbCommand WithLabel(this VerbCommand verb)
    {
        foreach (var option in new Option[] { Secret, Tenant, Cohort, Epoch, Width })
        {
            verb.Add(option);
        }

        return verb;
    }

    /// <summary>The key that the options name.</summary>
    /// <exception cref="UnusableException">The label is at fault.</exception>
    public static MarkKey ReadKey(ParseResult parsed)
    {
        var label = LabelOf(parsed, parsed.GetRequiredValue(Cohort));
        var bytes = SecretFile.Read(parsed.GetRequiredValue(Secret), MarkMasterSecret.Bytes);
        using var secret = new MarkMasterSecret(bytes);
        CryptographicOperations.ZeroMemory(bytes);
        return secret.Derive(label);
    }

    /// <summary>The label of a cohort's key.</summary>
    /// <exception cref="UnusableException">The label is at fault.</exception>
    public static MarkLabel LabelOf(ParseResult parsed, string cohort)
    {
        var label = new MarkLabel(parsed.GetRequiredValue(Tenant), cohort, parsed.GetValue(Epoch), parsed.GetValue(Width));
        return label.Fault() is { } fault ? throw new UnusableException(fault) : label;
    }

    /// <summary>Text with numbers as everywhere.</summary>
    public static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
