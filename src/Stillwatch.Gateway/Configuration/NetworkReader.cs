using Stillwatch.Gateway.Networks;

namespace Stillwatch.Gateway.Configuration;

/// <summary>Reads which files say of addresses where they are and whose.</summary>
internal static class NetworkReader
{
    public static NetworkOptions Read(MappingReader root, FurtherFiles files)
    {
        if (root.Mapping("networks") is not { } members)
        {
            return NetworkOptions.None;
        }

        var countries = Paths(members, "countries", NetworkPackages.Countries, files);
        var systems = Paths(members, "systems", NetworkPackages.Systems, files);
        var classes = members.Text("classes") is { } path ? Existing(members, "classes", path, files) : null;
        if (classes is not null && systems.Count == 0)
        {
            members.Fault("classes", "classes are of autonomous systems: give systems as well.");
        }

        members.Finish();
        return new(countries, systems, classes);
    }

    private static List<string> Paths(MappingReader members, string member, IReadOnlyList<string> package, FurtherFiles files)
    {
        var paths = new List<string>();
        foreach (var (text, _, _) in members.Texts(member))
        {
            if (text != NetworkPackages.Name)
            {
                paths.Add(Existing(members, member, text, files));
                continue;
            }

            foreach (var file in package)
            {
                if (NetworkPackages.Find(file) is { } found)
                {
                    paths.Add(found);
                }
                else
                {
                    members.Fault(member, $"the package of {file} is not restored: run 'npm ci' where package.json is, or name a file.");
                }
            }
        }

        return paths;
    }

    private static string Existing(MappingReader members, string member, string text, FurtherFiles files)
    {
        var path = files.Named(text);
        if (!File.Exists(path))
        {
            members.Fault(member, $"there is no file {path}.");
        }

        return path;
    }
}
