namespace Stillwatch.Gateway.Configuration;

/// <summary>Reads one upstream.</summary>
internal sealed class UpstreamReader(string name, MappingReader members, Func<string?, string?> fullPath)
{
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    /// <summary>Reads it; null if it has no usable address.</summary>
    public UpstreamOptions? Read()
    {
        var defaults = new UpstreamOptions { Name = name, Url = new("http://localhost") };
        var url = Url();
        var read = defaults with
        {
            Url = url ?? defaults.Url,
            KeyVariable = members.Text("api_key_env"),
            KeyFile = fullPath(members.Text("api_key_file")),
            Scheme = Scheme(),
            ConnectTimeout = members.Duration(
                "connect_timeout", defaults.ConnectTimeout, TimeSpan.FromMilliseconds(100), TimeSpan.FromMinutes(5)),
            FirstByteTimeout = members.Duration("first_byte_timeout", defaults.FirstByteTimeout, TimeSpan.FromSeconds(1), Day),
            IdleTimeout = members.Duration("idle_timeout", defaults.IdleTimeout, TimeSpan.FromSeconds(1), Day),
            MaxConnections = members.Count("max_connections", defaults.MaxConnections, 1, 65_536),
        };
        CheckKey(read);
        members.Finish();
        return url is null ? null : read;
    }

    private Uri? Url()
    {
        if (members.Text("url", required: true) is not { } text)
        {
            return null;
        }

        var isUsable = Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme is "http" or "https"
            && url.Query.Length == 0 && url.Fragment.Length == 0 && url.UserInfo.Length == 0;
        if (!isUsable)
        {
            members.Fault("url",
                $"'{text}' is no address of a server; write it as http://127.0.0.1:8000, without user, query or fragment.");
        }

        return isUsable ? url : null;
    }

    private CredentialScheme Scheme()
    {
        var hasKey = members.Text("api_key_env") is not null || members.Text("api_key_file") is not null;
        switch (members.Text("credential"))
        {
            case null:
                return hasKey ? CredentialScheme.Bearer : CredentialScheme.None;
            case "bearer":
                return CredentialScheme.Bearer;
            case "x-api-key":
                return CredentialScheme.ApiKeyHeader;
            case var other:
                members.Fault("credential", $"'{other}' is neither bearer nor x-api-key.");
                return CredentialScheme.None;
        }
    }

    private void CheckKey(UpstreamOptions read)
    {
        if (read is { KeyVariable: not null, KeyFile: not null })
        {
            members.Fault("api_key_file", "the key comes from api_key_env already; give one of them.");
        }
        else if (read is { Scheme: not CredentialScheme.None, KeyVariable: null, KeyFile: null })
        {
            members.Fault("credential", "a key is needed with it: api_key_env or api_key_file.");
        }
        else if (read.KeyVariable is { } variable && string.IsNullOrEmpty(Environment.GetEnvironmentVariable(variable)))
        {
            members.Fault("api_key_env", $"the environment variable {variable} is not set.");
        }
        else if (read.KeyFile is { } file && !File.Exists(file))
        {
            members.Fault("api_key_file", $"there is no file {file}.");
        }
    }
}
