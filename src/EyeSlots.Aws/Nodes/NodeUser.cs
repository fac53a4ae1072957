using EyeSlots.Core;

namespace EyeSlots.Aws.Nodes;

/// <summary>The user without rights as whom Spark and jobs run, and the variables that any program gets.</summary>
internal static class NodeUser
{
    /// <summary>The user's and the group's name.</summary>
    public const string Name = "spark";

    /// <summary>A path, and what of AWS is configured: never keys, for a machine has those of its role.</summary>
    public static IEnumerable<KeyValuePair<string, string>> Environment =>
    [
        new("PATH", "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"), new("LANG", "C.UTF-8"),
        .. Configured.Select(name => KeyValuePair.Create(name, System.Environment.GetEnvironmentVariable(name))).Where(pair => pair.Value is not null)!,
    ];

    private static string[] Configured => ["AWS_REGION", "AWS_ENDPOINT_URL_S3", "AWS_ENDPOINT_URL", InstanceMetadata.EndpointVariable];

    /// <summary>Makes the user, and gives it the folders that it writes; the secret's folder it may read.</summary>
    public static async Task MakeAsync(INodeProcesses processes, NodeFolder folder, CancellationToken cancellation)
    {
        folder.Make();
        if (!(await File.ReadAllLinesAsync("/etc/passwd", cancellation).ConfigureAwait(false)).Any(line => line.StartsWith(Name + ":", StringComparison.Ordinal)))
            await DemandAsync(processes, folder, "useradd", "--system", "--user-group", "--no-create-home", "--home-dir", folder.Work, "--shell", "/usr/sbin/nologin", Name).ConfigureAwait(false);
        await GiveAsync(processes, folder, folder.Work).ConfigureAwait(false);
        await DemandAsync(processes, folder, "chown", $"root:{Name}", folder.Configuration).ConfigureAwait(false);
        await DemandAsync(processes, folder, "chmod", "750", folder.Configuration).ConfigureAwait(false);
    }

    /// <summary>Gives the user a folder with all that is in it.</summary>
    public static Task GiveAsync(INodeProcesses processes, NodeFolder folder, string path) => DemandAsync(processes, folder, "chown", "-R", $"{Name}:{Name}", path);

    /// <summary>Lets the user read a file and nobody else, root aside: mode 640.</summary>
    public static async Task LetReadAsync(INodeProcesses processes, NodeFolder folder, string file)
    {
        await DemandAsync(processes, folder, "chown", $"root:{Name}", file).ConfigureAwait(false);
        await DemandAsync(processes, folder, "chmod", "640", file).ConfigureAwait(false);
    }

    private static async Task DemandAsync(INodeProcesses processes, NodeFolder folder, string program, params string[] arguments)
    {
        await using var process = processes.Start(new(program, arguments) { Log = Path.Combine(folder.Logs, "setup.log") });
        if (await process.Ended.ConfigureAwait(false) is not 0 and var code) throw new EyeSlotsException(ErrorCodes.ClusterBoot, $"{program} {string.Join(' ', arguments)} ended with {code}");
    }
}
