using System.Globalization;

namespace EyeSlots.Benchmarks;

/// <summary>
/// A control group of Linux whose processes together get so much of a core and no more, as a container's do. Needs the right to make
/// one (root).
/// </summary>
internal sealed class CpuLimit : IDisposable
{
    private const int PeriodMicroseconds = 100_000;
    private static readonly string Root = Path.Combine("/", "sys", "fs", "cgroup");
    private readonly string folder;

    /// <summary>Makes the group.</summary>
    /// <param name="cores">How much: 0.75 is three quarters of one.</param>
    public CpuLimit(double cores)
    {
        var first = Path.Combine(Root, "cpu");
        var isFirst = Directory.Exists(first);
        folder = Path.Combine(isFirst ? first : Root, $"eyeslots-{Environment.ProcessId}-{Path.GetRandomFileName()}");
        Directory.CreateDirectory(folder);
        var quota = string.Create(CultureInfo.InvariantCulture, $"{(int)(cores * PeriodMicroseconds)}");
        if (isFirst)
        {
            File.WriteAllText(Path.Combine(folder, "cpu.cfs_period_us"), $"{PeriodMicroseconds}");
            File.WriteAllText(Path.Combine(folder, "cpu.cfs_quota_us"), quota);
        }
        else
        {
            File.WriteAllText(Path.Combine(folder, "cpu.max"), $"{quota} {PeriodMicroseconds}");
        }
    }

    /// <summary>Words before a command that run it, and all that it starts, in the group.</summary>
    public IReadOnlyList<string> Launcher => ["sh", "-c", "echo $$ >\"$0\" && exec \"$@\"", Path.Combine(folder, "cgroup.procs")];

    /// <summary>Removes the group; its processes must have ended, which takes the kernel a moment.</summary>
    public void Dispose()
    {
        for (var tries = 0; tries < 100 && Directory.Exists(folder); tries++)
        {
            try
            {
                Directory.Delete(folder);
            }
            catch (IOException)
            {
                Thread.Sleep(50);
            }
        }
    }
}
