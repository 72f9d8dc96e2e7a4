using Stillwatch.Gateway.Policies;

namespace Stillwatch.Gateway.Configuration;

/// <summary>Reads which policies are in force, and which are only asked.</summary>
internal static class PolicyReader
{
    public static PolicyOptions? Read(MappingReader root, FurtherFiles files)
    {
        if (root.Mapping("policies") is not { } members)
        {
            return null;
        }

        var read = new PolicyOptions(File(members, "file", files), File(members, "dry_run", files));
        if (members.Text("file") is null && members.Text("dry_run") is null)
        {
            members.Fault("file", "it is missing; give file, dry_run or both.");
        }

        members.Finish();
        return read;
    }

    private static PolicyFile? File(MappingReader members, string member, FurtherFiles files) =>
        files.Read(members, member, required: false, path =>
        {
            var read = PolicyFile.Read(path, out var faults);
            var list = files.FaultsOf(path);
            foreach (var fault in faults)
            {
                list.Add(fault.Line, "", $"column {fault.Column}: {fault.Message}");
            }

            return read;
        });
}
