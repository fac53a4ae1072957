namespace EyeSlots.Core.Planning;

/// <summary>How much memory the decoding of one huge image may take (<c>--memory</c>).</summary>
public static class MemoryLimit
{
    /// <summary>512 MB.</summary>
    public const long DefaultBytes = 512L << 20;

    private const long LeastBytes = 16L << 20, MostBytes = 1L << 40;

    /// <summary>Demands a limit from 16 MB to 1024 GB.</summary>
    /// <exception cref="EyeSlotsException">usage: it lies outside.</exception>
    public static void Check(long bytes) => Require.That(bytes is >= LeastBytes and <= MostBytes, $"--memory must lie between 16MB and 1024GB, not {bytes} bytes.");
}
